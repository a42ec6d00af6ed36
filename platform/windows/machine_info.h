// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/host.h"

namespace guestprep {

/// Version, architecture, name, hypervisor and firmware of the running Windows, the real ones
/// whatever compatibility mode or emulation this program is in.
[[nodiscard]] MachineInfo live_machine_info();

/// Whether this program may act as an administrator: since Vista that means "elevated".
[[nodiscard]] bool running_as_administrator();

}  // namespace guestprep
