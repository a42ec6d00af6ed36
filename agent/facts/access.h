// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "agent/core/result.h"
#include "agent/facts/services.h"

namespace guestprep {

struct AccessFacts {
    /// TCP ports on which SSH will listen after the next boot; {22} where nothing says otherwise.
    Fact<std::vector<std::uint16_t>> ssh_ports;

    static void fields(auto& self, auto&& visit) { visit("ssh_ports", self.ssh_ports); }
};

}  // namespace guestprep
