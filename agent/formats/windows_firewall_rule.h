// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// A rule of the Windows firewall as the registry keeps it:
/// "v2.10|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=3389|App=System|Name=...|".
/// What a rule does not say holds for everything.
struct FirewallRuleText {
    bool allows = false;  ///< else it blocks
    bool is_active = false;
    bool is_inbound = false;
    int protocol = -1;                         ///< 6 TCP; -1: any
    std::vector<std::string> local_ports;      ///< "3389", "5000-5020", "RPC"; empty: any
    std::vector<std::string> profiles;         ///< "Domain", "Private", "Public"; empty: all
    std::vector<std::string> local_addresses;  ///< LA4, LA6
    std::vector<std::string>
        remote_addresses;  ///< RA4, RA6, RA42: "LocalSubnet", an address; empty: any
    std::string application, service;
    std::vector<std::string>
        others;  ///< further conditions that narrow it: "IFType", "Security", ...

    /// Whether a port is among its local ports.
    [[nodiscard]] bool has_local_port(std::uint64_t port) const;
};

/// Errors: bad_syntax, the text has no version or no action.
[[nodiscard]] Result<FirewallRuleText> parse_firewall_rule(std::string_view text);

}  // namespace guestprep
