// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/ini_file.h"

namespace guestprep {

/// True for names in system-connections that NetworkManager does not read: "x~", ".x", "x.rpmsave".
[[nodiscard]] bool is_ignored_keyfile(std::string_view file_name);

/// What a NetworkManager profile says about an interface and IPv4. No key, password or certificate
/// of it is taken along.
struct NmProfile {
    std::optional<std::string> id, uuid, type, interface_name, mac_address, cloned_mac_address;
    std::optional<std::string> master, slave_type;  ///< also as controller and port-type
    std::optional<std::string> ipv4_method, ipv6_method, ipv4_gateway;
    std::vector<std::string> ipv4_address_values, ipv6_address_values, dns;
    std::vector<std::string> match_names, match_drivers;  ///< [match]
    std::string unjudged;                                 ///< a [match] key that is not followed
    std::string ipv4_mode;  ///< "dhcp", "static", "none", another method, or empty: not said
    bool autoconnect = true;
    int priority = 0;  ///< autoconnect-priority
    bool is_ethernet = false;
};

[[nodiscard]] NmProfile read_nm_profile(const IniFile& file);

}  // namespace guestprep
