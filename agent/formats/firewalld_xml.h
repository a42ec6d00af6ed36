// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "agent/formats/packet_filter.h"

namespace guestprep {

/// <source address="..."/>, <source mac="..."/>, <source ipset="..."/>; a destination likewise.
struct FirewalldAddress {
    std::string address, mac, ipset;
    bool inverted = false;
    RulePlace place;
};

/// <service name=".."/>, <port port=".." protocol=".."/>, <protocol value=".."/>, <source-port
/// ../>, <forward-port ../>.
struct FirewalldElement {
    std::string kind;   ///< the element's name
    std::string value;  ///< name, port or value
    std::string protocol;
    RulePlace place;
};

/// <rule>: what firewalld calls a rich rule.
struct FirewalldRule {
    std::string family;
    std::int64_t priority = 0;
    std::optional<FirewalldAddress> source, destination;
    std::optional<FirewalldElement> element;
    std::string action;  ///< "accept", "reject", "drop", "mark"; empty for none
    RulePlace place;
};

/// A zone, or a policy between zones.
struct FirewalldZone {
    std::string name;
    std::string target;  ///< empty: the default one
    std::vector<std::string> interfaces;
    std::vector<FirewalldAddress> sources;
    std::vector<FirewalldElement> elements;
    std::vector<FirewalldRule> rules;
    std::vector<std::string> ingress, egress;  ///< policies: zones
    std::int64_t priority = 0;                 ///< policies
    RulePlace place;                           ///< the zone's own tag
    std::vector<RulePlace> interface_places;   ///< beside `interfaces`
};

struct FirewalldService {
    std::vector<FirewalldElement> elements;  ///< its ports and protocols, and services it includes
    bool for_some_destination = false;       ///< only for packets to one address
};

/// Rules handed to iptables as they are.
struct FirewalldDirect {
    struct Rule {
        std::string family, table, chain;
        std::int64_t priority = 0;
        std::string arguments;
        RulePlace place;
    };
    std::vector<Rule> rules;
    std::vector<RulePlace> passthrough;  ///< whole commands
};

/// Errors: bad_syntax, with the file's path.
[[nodiscard]] Result<FirewalldZone> read_firewalld_zone(std::string_view name,
                                                        std::string_view path,
                                                        std::string_view text);
[[nodiscard]] Result<FirewalldService> read_firewalld_service(std::string_view path,
                                                              std::string_view text);
[[nodiscard]] Result<FirewalldDirect> read_firewalld_direct(std::string_view path,
                                                            std::string_view text);
/// The entries of an ipset.
[[nodiscard]] Result<std::vector<std::string>> read_firewalld_ipset(std::string_view path,
                                                                    std::string_view text);

}  // namespace guestprep
