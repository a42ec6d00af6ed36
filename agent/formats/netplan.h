// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/yaml_tree.h"

namespace guestprep {

/// One interface of a netplan configuration. `..._at` is "file:line" of what decides.
struct NetplanDefinition {
    std::string section;  ///< "ethernets", "bridges", ...
    std::string id;
    std::string at;
    std::optional<std::string> renderer;
    bool has_match = false;
    std::vector<std::string> match_names, match_drivers;
    std::optional<std::string> match_mac;
    std::string match_mac_at, match_name_at;
    std::optional<std::string> set_name, set_mac, link;
    std::string set_name_at, set_mac_at;
    std::optional<bool> dhcp4, dhcp6;
    std::string dhcp4_at, addresses_at;
    std::vector<std::string> addresses, ipv4_gateways, dns;
    std::vector<std::string> interfaces;  ///< ports of a bond or bridge
    std::string activation_mode;          ///< "manual" or "off": not started at boot

    [[nodiscard]] bool has_ipv4_address() const;
};

/// Something for which netplan refuses the whole configuration: it then writes nothing at all.
struct NetplanProblem {
    std::string at, what;
};

/// All files of a system together.
struct Netplan {
    std::optional<std::string> renderer;
    std::string renderer_at;
    std::vector<NetplanDefinition> definitions;
    std::vector<NetplanProblem> problems;

    /// Lays one more file over what is there; files come in the order of their names.
    void add(const std::string& path, const YamlNode& root);
    [[nodiscard]] const NetplanDefinition* find(std::string_view id) const;
    [[nodiscard]] std::vector<std::string> invalid_addresses() const;
};

}  // namespace guestprep
