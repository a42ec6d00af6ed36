// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/packet_filter.h"

namespace guestprep {

/// FW_ZONE in the configuration of an interface.
struct SuseInterfaceZone {
    std::string interface, zone;
    RulePlace place;
};

struct SuseFirewallConfiguration {
    std::string path, text;                       ///< /etc/sysconfig/SuSEfirewall2
    std::map<std::string, std::string> services;  ///< files that FW_CONFIGURATIONS_* name
    std::vector<SuseInterfaceZone> interfaces;
    std::string custom_path, custom_text;  ///< FW_CUSTOMRULES
};

/// The files that FW_CONFIGURATIONS_* of all zones name.
[[nodiscard]] std::vector<std::string> suse_firewall_services(std::string_view text);
/// FW_CUSTOMRULES; empty for none.
[[nodiscard]] std::string suse_firewall_custom_rules(std::string_view text);

/// The rules that SuSEfirewall2 makes of its settings.
[[nodiscard]] PacketFilter suse_firewall_filter(const SuseFirewallConfiguration& configuration);

}  // namespace guestprep
