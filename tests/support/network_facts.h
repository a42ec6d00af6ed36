// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/facts/network.h"

namespace guestprep {

/// One interface that ifupdown starts: "/etc/network/interfaces:2".
inline InterfaceConfig started_interface(const std::string& name, NetMethod method) {
    InterfaceConfig out{.format = NetFormat::interfaces, .id = name};
    out.here = out.name_line = out.method_line = {"/etc/network/interfaces:2", "iface " + name};
    out.names = {name};
    out.method = method;
    if (method == NetMethod::fixed) out.addresses = {"192.0.2.10/24"};
    out.starts_at_boot = true;
    return out;
}

/// ifupdown with dhclient, classic names, no cloud-init, one NIC that is called `name`.
inline NetworkFacts network_with(const InterfaceConfig& config) {
    NetworkFacts out;
    out.interfaces = {config};
    NetManager manager{NetService::ifupdown, {}};
    manager.state.name = "networking.service";
    manager.state.state = Enablement::enabled;
    out.managers = {manager};
    out.dhcp_clients = {"/sbin/dhclient"};
    out.naming = Naming{NamingPolicy::classic, {"/boot/grub/grub.cfg:1", "net.ifnames=0"}, {}};
    out.cloud_init = failure(Errc::not_found, "cloud-init is not installed");
    out.nics = std::vector<Nic>{{config.id, "00:50:56:00:00:01", "vmxnet3", {}, {}}};
    out.dhcp_limits = std::vector<ConfigLine>{};
    return out;
}

}  // namespace guestprep
