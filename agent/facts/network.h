// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"
#include "agent/facts/services.h"

namespace guestprep {

/// A line of the guest's configuration, without secrets: "/etc/network/interfaces:7" and what
/// stands there.
struct ConfigLine {
    std::string at, text;

    [[nodiscard]] bool is_set() const { return !at.empty(); }
    static void fields(auto& self, auto&& visit) {
        visit("at", self.at);
        visit("text", self.text);
    }
};

/// How a configuration is written; who reads it follows from that.
enum class NetFormat : std::uint8_t {
    interfaces,
    ifcfg_rh,
    ifcfg_suse,
    nm_keyfile,
    networkd,
    netplan,
    other
};
constexpr std::array<std::string_view, 7> enum_names(NetFormat) {
    return {"interfaces", "ifcfg-rh", "ifcfg-suse", "nm-keyfile", "networkd", "netplan", "other"};
}

enum class NetMethod : std::uint8_t { unknown, dhcp, fixed, none };
constexpr std::array<std::string_view, 4> enum_names(NetMethod) {
    return {"unknown", "dhcp", "static", "none"};
}

enum class NicKind : std::uint8_t { ethernet, loopback, bond, team, bridge, vlan, other };
constexpr std::array<std::string_view, 7> enum_names(NicKind) {
    return {"ethernet", "loopback", "bond", "team", "bridge", "vlan", "other"};
}

/// One configured interface: a stanza, an ifcfg file, a profile, a .network file, a netplan entry.
struct InterfaceConfig {
    NetFormat format = NetFormat::other;
    std::string id;  ///< as people call it: "eth0", "Wired connection 1"
    ConfigLine here;
    NicKind kind = NicKind::ethernet;

    std::vector<std::string> names;    ///< globs of the interfaces it is for; empty: any
    std::vector<std::string> macs;     ///< only for these addresses; empty: any
    std::vector<std::string> drivers;  ///< globs; empty: any
    ConfigLine name_line, mac_line;    ///< what binds it to a name, to a hardware address

    NetMethod method = NetMethod::unknown;  ///< of IPv4
    ConfigLine method_line;
    std::vector<std::string> addresses, gateways, dns;  ///< IPv4 as configured
    std::vector<std::string> ipv6_addresses;            ///< global ones that are fixed
    ConfigLine ipv6_line;
    std::string sets_mac;  ///< gives the NIC this hardware address
    ConfigLine sets_mac_line;

    bool starts_at_boot = false;
    std::string boot_note;            ///< why it does not: "ONBOOT=no"
    bool by_network_manager = false;  ///< NetworkManager may take it (NM_CONTROLLED, renderer)
    std::string master;               ///< it is a port of this bond, team or bridge
    std::vector<std::string> ports;   ///< of a bond or bridge; the lower device of a VLAN
    int priority = 0;                 ///< NetworkManager's
    std::string order;  ///< the first in this order that matches takes the NIC (networkd)
    std::string doubt;  ///< why it cannot be said what this does; empty where it is understood
    bool by_cloud_init = false;  ///< written by cloud-init

    static void fields(auto& self, auto&& visit) {
        visit("format", self.format);
        visit("id", self.id);
        visit("here", self.here);
        visit("kind", self.kind);
        visit("names", self.names);
        visit("macs", self.macs);
        visit("drivers", self.drivers);
        visit("name_line", self.name_line);
        visit("mac_line", self.mac_line);
        visit("method", self.method);
        visit("method_line", self.method_line);
        visit("addresses", self.addresses);
        visit("gateways", self.gateways);
        visit("dns", self.dns);
        visit("ipv6_addresses", self.ipv6_addresses);
        visit("ipv6_line", self.ipv6_line);
        visit("sets_mac", self.sets_mac);
        visit("sets_mac_line", self.sets_mac_line);
        visit("starts_at_boot", self.starts_at_boot);
        visit("boot_note", self.boot_note);
        visit("by_network_manager", self.by_network_manager);
        visit("master", self.master);
        visit("ports", self.ports);
        visit("priority", self.priority);
        visit("order", self.order);
        visit("doubt", self.doubt);
        visit("by_cloud_init", self.by_cloud_init);
    }
};

/// A network interface with hardware behind it, as the running kernel shows it.
struct Nic {
    std::string name, mac, driver;
    std::string master;       ///< bond, bridge or team it is in now
    std::string master_kind;  ///< "bond", "bridge" or empty

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("mac", self.mac);
        visit("driver", self.driver);
        visit("master", self.master);
        visit("master_kind", self.master_kind);
    }
};

enum class NetService : std::uint8_t {
    network_manager,
    networkd,
    ifupdown,
    rh_network,  ///< /etc/init.d/network of RHEL and its kin
    suse_ifup,   ///< /etc/init.d/network of SUSE
    wicked,
    dhcpcd,  ///< configures every interface by itself
    other    ///< connman, netctl, netifrc: noted, not followed
};
constexpr std::array<std::string_view, 8> enum_names(NetService) {
    return {"NetworkManager", "systemd-networkd", "ifupdown", "rh-network",
            "suse-network",   "wicked",           "dhcpcd",   "other"};
}

struct NetManager {
    NetService service = NetService::other;
    ServiceState state;

    static void fields(auto& self, auto&& visit) {
        visit("service", self.service);
        visit("state", self.state);
    }
};

/// NetworkManager.conf with its drop-ins, as far as it decides about Ethernet.
struct NmSettings {
    /// A NIC without a profile gets no DHCP profile of its own; the line that says so.
    ConfigLine no_auto_default;
    std::vector<std::string> unmanaged;  ///< "interface-name:eth0", "*", "except:type:wifi"
    ConfigLine unmanaged_line;
    bool reads_ifcfg = false;  ///< plugin ifcfg-rh
    bool reads_keyfiles = true;
    bool manages_ifupdown = true;  ///< false: leaves what /etc/network/interfaces names alone

    static void fields(auto& self, auto&& visit) {
        visit("no_auto_default", self.no_auto_default);
        visit("unmanaged", self.unmanaged);
        visit("unmanaged_line", self.unmanaged_line);
        visit("reads_ifcfg", self.reads_ifcfg);
        visit("reads_keyfiles", self.reads_keyfiles);
        visit("manages_ifupdown", self.manages_ifupdown);
    }
};

/// How a NIC that nobody has seen before will be called.
enum class NamingPolicy : std::uint8_t { classic, predictable };
constexpr std::array<std::string_view, 2> enum_names(NamingPolicy) {
    return {"classic", "predictable"};
}

struct Naming {
    NamingPolicy policy = NamingPolicy::classic;
    ConfigLine because;
    std::string fixed_name;  ///< a .link file gives every NIC this name, whatever the policy

    static void fields(auto& self, auto&& visit) {
        visit("policy", self.policy);
        visit("fixed_name", self.fixed_name);
        visit("because", self.because);
    }
};

/// A udev rule or .link file that gives the NIC with one hardware address its name.
struct NicNameRule {
    std::string mac, name;
    ConfigLine line;
    bool is_link = false;  ///< systemd's .link rather than a rule

    static void fields(auto& self, auto&& visit) {
        visit("mac", self.mac);
        visit("name", self.name);
        visit("line", self.line);
        visit("is_link", self.is_link);
    }
};

/// What cloud-init will do with the network at its first boot on EC2.
struct CloudInit {
    bool starts = false;          ///< its services run at boot and nothing switches it off
    ConfigLine disabled;          ///< what switches it off altogether
    ConfigLine network_disabled;  ///< network: {config: disabled}
    ConfigLine datasource_list;
    std::vector<std::string> datasources;  ///< of the list that counts; empty: not set
    ConfigLine ds_identify;                ///< "policy: disabled"
    /// Settings that change accounts or keys when a new instance starts.
    std::vector<ConfigLine> effects;

    /// It looks at EC2's metadata at all.
    [[nodiscard]] bool knows_ec2() const;
    /// It writes the network configuration anew for the new instance.
    [[nodiscard]] bool rewrites_network() const {
        return starts && !network_disabled.is_set() && knows_ec2();
    }
    static void fields(auto& self, auto&& visit) {
        visit("starts", self.starts);
        visit("disabled", self.disabled);
        visit("network_disabled", self.network_disabled);
        visit("datasource_list", self.datasource_list);
        visit("datasources", self.datasources);
        visit("ds_identify", self.ds_identify);
        visit("effects", self.effects);
    }
};

struct NetworkFacts {
    Fact<std::vector<Nic>> nics;  ///< error unsupported where this is not the running system
    std::vector<InterfaceConfig> interfaces;
    std::vector<NetManager> managers;       ///< those that are installed
    std::vector<std::string> dhcp_clients;  ///< programs: "/sbin/dhclient"
    NmSettings network_manager;
    Fact<Naming> naming;
    std::vector<NicNameRule> name_rules;
    Fact<CloudInit> cloud_init;  ///< is_absent where it is not installed
    std::vector<std::string> resolvers;
    /// Places that could not be read or are not followed: they leave the answer open.
    std::vector<ConfigLine> unread;
    /// Settings that make a DHCP client give up or ask for the old network.
    Fact<std::vector<ConfigLine>> dhcp_limits;
    /// Lines of other programs' files that name an interface which has another name on EC2.
    std::vector<ConfigLine> name_uses;

    /// Somebody has looked; an empty list then says that there is nothing.
    [[nodiscard]] bool is_collected() const {
        return nics || nics.error().code != Errc::not_collected;
    }
    static void fields(auto& self, auto&& visit) {
        visit("nics", self.nics);
        visit("interfaces", self.interfaces);
        visit("managers", self.managers);
        visit("dhcp_clients", self.dhcp_clients);
        visit("network_manager", self.network_manager);
        visit("naming", self.naming);
        visit("name_rules", self.name_rules);
        visit("cloud_init", self.cloud_init);
        visit("resolvers", self.resolvers);
        visit("unread", self.unread);
        visit("dhcp_limits", self.dhcp_limits);
        visit("name_uses", self.name_uses);
    }
};

}  // namespace guestprep
