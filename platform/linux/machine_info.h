// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/host.h"

namespace guestprep {

/// uname and CPUID of the running system.
[[nodiscard]] MachineInfo live_machine_info();

/// Whether the effective user may read everything.
[[nodiscard]] bool running_as_root();

}  // namespace guestprep
