// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/collect/services.h"
#include "agent/facts/first_boot.h"
#include "agent/host/host.h"

namespace guestprep {

/// How the hardware clock is read, and what sets the time.
[[nodiscard]] ClockFacts find_clock(const Host& host, const BootServices& services);

}  // namespace guestprep
