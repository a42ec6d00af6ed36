// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/facts/services.h"
#include "agent/formats/packet_filter.h"

namespace guestprep {

/// A firewall that the next boot sets up, or may.
struct Firewall {
    std::string name;  ///< "iptables", "nftables", "firewalld", "ufw", a script's path
    ServiceState service;
    /// The rules it will load. An error says why they cannot be told.
    Fact<PacketFilter> rules;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("service", self.service);
        visit("rules", self.rules);
    }
};

struct FirewallFacts {
    std::vector<Firewall> at_boot;
    std::vector<std::string> idle;  ///< installed, but nothing starts them: "firewalld"
    /// The kernel's rules of now, asked only where no firewall at boot is known: they may come from
    /// a place nobody looked at. is_absent where there are none.
    Fact<PacketFilter> now;

    static void fields(auto& self, auto&& visit) {
        visit("at_boot", self.at_boot);
        visit("idle", self.idle);
        visit("now", self.now);
    }
};

}  // namespace guestprep
