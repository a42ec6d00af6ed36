// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/ini_file.h"

namespace guestprep {

/// [Match] of a .network or .link file, as far as it can be judged.
struct NetworkdMatch {
    std::vector<std::string> names;  ///< globs; "!x" excludes
    std::vector<std::string> macs;   ///< also PermanentMACAddress
    std::vector<std::string> drivers, types, paths, kinds, virtualizations;
    std::string unjudged;  ///< a key that is not followed: "Host", "KernelVersion", ...
    bool is_empty = true;  ///< nothing is asked for: older versions match all, newer ones nothing
};

/// A .network file with its drop-ins.
struct NetworkdNetwork {
    NetworkdMatch match;
    std::optional<std::string> dhcp;  ///< as written
    bool dhcp4 = false;
    std::optional<std::string> bridge, bond, sets_mac;
    std::vector<std::string> vlans, addresses, gateways, dns;
    bool unmanaged = false;
    bool starts_at_boot = true;  ///< no ActivationPolicy that keeps it down
};

/// A .link file: how udev names a NIC.
struct NetworkdLink {
    NetworkdMatch match;
    std::optional<std::string> name, sets_mac;
    std::optional<std::vector<std::string>> name_policy;  ///< empty: NamePolicy= with no policy
};

/// `files`: the file itself, then its drop-ins in the order of their names.
[[nodiscard]] NetworkdNetwork read_network(const std::vector<IniFile>& files);
[[nodiscard]] NetworkdLink read_link(const std::vector<IniFile>& files);

/// What a list of globs with "!x" exclusions says of a name. Empty lists take everything.
[[nodiscard]] bool networkd_list_matches(const std::vector<std::string>& globs,
                                         std::string_view name);

}  // namespace guestprep
