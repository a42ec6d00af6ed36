// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/host.h"

namespace guestprep {

/// What the processor says of a hypervisor, which is the same under every system.
void ask_processor(MachineInfo& machine);

}  // namespace guestprep
