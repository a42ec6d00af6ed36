// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/shell_settings.h"

namespace guestprep {

/// True for "ifcfg-eth0~", "ifcfg-eth0.bak" and the like: what neither the initscripts, wicked nor
/// NetworkManager read.
[[nodiscard]] bool is_ignored_ifcfg(std::string_view file_name);

/// An address file of RHEL and its kin: /etc/sysconfig/network-scripts/ifcfg-*.
struct IfcfgRh {
    std::optional<std::string> device, name, bootproto, hwaddr, macaddr, onboot, type,
        nm_controlled;
    std::optional<std::string> master;  ///< of a bond, team or bridge that this is a port of
    std::string ipv4_mode;  ///< "dhcp", "static", "port", "none", or what BOOTPROTO says
    std::vector<std::string> ipv4_addresses, ipv4_gateways, ipv6_addresses, dns;
    bool dhcpv6 = false;
    bool starts_at_boot = true;
    bool is_loopback = false;
};
[[nodiscard]] IfcfgRh read_ifcfg_rh(const ShellSettings& file);

/// The same of SUSE: /etc/sysconfig/network/ifcfg-*. The interface is named by the file.
struct IfcfgSuse {
    std::optional<std::string> bootproto, startmode, lladdr, etherdevice, vlan_id;
    std::string ipv4_mode;  ///< "dhcp", "static" or "none"
    std::vector<std::string> ipv4_addresses, ipv6_addresses, bond_slaves, bridge_ports;
    bool starts_at_boot = false;
    bool is_loopback = false;
};
[[nodiscard]] IfcfgSuse read_ifcfg_suse(const ShellSettings& file);

}  // namespace guestprep
