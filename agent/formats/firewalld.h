// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/packet_filter.h"

namespace guestprep {

/// A file of one of firewalld's folders; `name` is the file's without ".xml".
struct FirewalldFile {
    std::string name, path, text;
};

/// A zone that NetworkManager or the network scripts give an interface.
struct FirewalldBinding {
    std::string interface;  ///< "*" for any
    std::string zone;
    RulePlace place;
    bool certain = true;  ///< the configuration will be in use, not perhaps another
};

/// What firewalld reads at its start. Of two files with one name, that of /etc alone.
struct FirewalldConfiguration {
    RulePlace default_zone_place;
    std::string default_zone = "public";
    bool with_nftables = true;  ///< FirewallBackend
    std::vector<FirewalldFile> zones, policies, services, ipsets;
    std::optional<FirewalldFile> direct;
    std::vector<FirewalldBinding> bindings;
    /// NetworkManager and the network scripts tell firewalld a zone when they bring an interface
    /// up, the default one where their configuration names none; what a zone's file says of that
    /// interface may then count or not.
    bool interfaces_are_announced = true;
};

[[nodiscard]] PacketFilter firewalld_filter(const FirewalldConfiguration& configuration);

}  // namespace guestprep
