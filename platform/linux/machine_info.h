// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/host.h"

namespace guestprep {

/// uname and CPUID of the running system.
[[nodiscard]] MachineInfo live_machine_info();

}  // namespace guestprep
