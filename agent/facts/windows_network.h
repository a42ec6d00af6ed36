// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// One key below Tcpip\Parameters\Interfaces.
struct WindowsInterface {
    std::string id;          ///< "{GUID}"
    std::string connection;  ///< "Ethernet"; empty where no connection has that name
    std::string device;      ///< PnP instance: "PCI\\VEN_15AD&DEV_07B0..."; empty for pseudo ones
    std::optional<std::uint64_t> uses_dhcp;  ///< EnableDHCP
    std::vector<std::string> addresses;      ///< IPAddress, without 0.0.0.0
    std::vector<std::string> masks, gateways;
    std::string name_servers;
    std::string leased_address, lease_server;  ///< DhcpIPAddress, DhcpServer

    [[nodiscard]] bool is_static() const { return uses_dhcp == 0U && !addresses.empty(); }

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("connection", self.connection);
        visit("device", self.device);
        visit("uses_dhcp", self.uses_dhcp);
        visit("addresses", self.addresses);
        visit("masks", self.masks);
        visit("gateways", self.gateways);
        visit("name_servers", self.name_servers);
        visit("leased_address", self.leased_address);
        visit("lease_server", self.lease_server);
    }
};

/// A profile of the Windows firewall, from the registry or from group policy.
struct WindowsFirewallProfile {
    std::string name;  ///< "DomainProfile", "StandardProfile" (private), "PublicProfile"
    std::string key;
    bool from_policy = false;
    Fact<std::uint64_t> enabled;          ///< EnableFirewall
    Fact<std::uint64_t> default_inbound;  ///< DefaultInboundAction: 0 allow, 1 block
    Fact<std::uint64_t> no_exceptions;    ///< DoNotAllowExceptions
    Fact<std::uint64_t> merges_local;     ///< AllowLocalPolicyMerge, policy only
    /// 2003: GloballyOpenPorts\List, "3389:TCP:*:Enabled:name"
    std::vector<std::string> open_ports;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("key", self.key);
        visit("from_policy", self.from_policy);
        visit("enabled", self.enabled);
        visit("default_inbound", self.default_inbound);
        visit("no_exceptions", self.no_exceptions);
        visit("merges_local", self.merges_local);
        visit("open_ports", self.open_ports);
    }
};

struct WindowsFirewallRule {
    std::string key;   ///< where it stands
    std::string name;  ///< "RemoteDesktop-UserMode-In-TCP"
    std::string text;  ///< "v2.10|Action=Allow|Active=TRUE|Dir=In|..."

    static void fields(auto& self, auto&& visit) {
        visit("key", self.key);
        visit("name", self.name);
        visit("text", self.text);
    }
};

struct WindowsNetworkFacts {
    Fact<std::vector<WindowsInterface>> interfaces;
    Fact<std::vector<std::string>> persistent_routes;
    Fact<std::vector<WindowsFirewallProfile>> firewall_profiles;
    Fact<std::vector<WindowsFirewallRule>> firewall_rules;

    static void fields(auto& self, auto&& visit) {
        visit("interfaces", self.interfaces);
        visit("persistent_routes", self.persistent_routes);
        visit("firewall_profiles", self.firewall_profiles);
        visit("firewall_rules", self.firewall_rules);
    }
};

}  // namespace guestprep
