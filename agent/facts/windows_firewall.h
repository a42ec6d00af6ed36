// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/finding.h"
#include "agent/core/truth.h"
#include "agent/facts/windows.h"

namespace guestprep {

/// What the Windows firewall would do with a new TCP connection from anywhere.
struct RdpAdmittance {
    Truth admitted = Truth::unknown;
    bool narrowed = false;  ///< admitted, but only from some addresses or interfaces
    std::string reason;
    std::vector<Evidence> evidence;
};

/// On the profile that a network nobody has seen gets: public, and the standard one on 2003.
/// `has_public_profile`: Vista and later.
[[nodiscard]] RdpAdmittance rdp_admittance(const WindowsFacts& windows, std::uint64_t port,
                                           bool has_public_profile);

}  // namespace guestprep
