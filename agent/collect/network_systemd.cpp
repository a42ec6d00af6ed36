// SPDX-License-Identifier: Apache-2.0
//
// systemd-networkd's .network files and netplan's YAML, which is mostly written for networkd.
#include <algorithm>
#include <map>

#include "agent/collect/network_parts.h"
#include "agent/collect/network_units.h"
#include "agent/core/text.h"
#include "agent/formats/ip_text.h"
#include "agent/formats/netplan.h"
#include "agent/formats/networkd.h"
#include "agent/formats/shell_settings.h"

namespace guestprep {
namespace {

NicKind kind_of_netdev(std::string_view kind) {
    if (kind == "bond") return NicKind::bond;
    if (kind == "bridge") return NicKind::bridge;
    if (kind == "team") return NicKind::team;
    return kind == "vlan" ? NicKind::vlan : NicKind::other;
}

/// A virtual machine is what the guest will be on EC2 too.
bool is_never_in_vm(const NetworkdMatch& match) {
    for (const std::string_view word : match.virtualizations) {
        if (word == "yes" || word == "vm" || word == "!container") return false;
        if (word == "no" || word == "container" || word == "!vm") return true;
    }
    return false;
}

bool takes_ethernet(const std::vector<std::string>& types) {
    return networkd_list_matches(types, "ether");
}

ConfigLine line_in(const UnitFiles& unit, std::string_view section,
                   std::initializer_list<std::string_view> keys) {
    for (auto at = unit.files.size(); at-- > 0;)
        for (const auto key : keys)
            if (const auto* entry = unit.files[at].find(section, key); entry != nullptr)
                return config_line(unit.paths[at].str(), entry->line,
                                   entry->key + '=' + entry->value);
    return {unit.paths[0].str(), std::string(unit.paths[0].name())};
}

InterfaceConfig config_of(const UnitFiles& unit, const std::map<std::string, NicKind>& netdevs) {
    const auto read = read_network(unit.files);
    InterfaceConfig out{.format = NetFormat::networkd};
    out.id = unit.paths[0].name();
    out.here = {unit.paths[0].str(), out.id};
    out.order = out.id;
    out.names = read.match.names;
    out.kind = kind_of_names(out.names);
    if (const auto netdev = netdevs.find(out.names.empty() ? "" : out.names[0]);
        netdev != netdevs.end())
        out.kind = netdev->second;
    if (!takes_ethernet(read.match.types) || is_never_in_vm(read.match)) out.kind = NicKind::other;
    if (!read.match.kinds.empty() && !read.match.kinds[0].starts_with('!'))
        out.kind = kind_of_netdev(read.match.kinds[0]);
    out.name_line = line_in(unit, "Match", {"Name", "OriginalName"});
    out.macs = read.match.macs;
    out.mac_line = line_in(unit, "Match", {"MACAddress", "PermanentMACAddress"});
    out.drivers = read.match.drivers;
    const bool fixed = std::ranges::any_of(
        read.addresses, [](const auto& address) { return !looks_ipv6(address); });
    out.method = read.dhcp4 ? NetMethod::dhcp : fixed ? NetMethod::fixed : NetMethod::none;
    out.method_line = read.dhcp4 || !fixed ? line_in(unit, "Network", {"DHCP"})
                                           : line_in(unit, "Network", {"Address"});
    for (const auto& address : read.addresses)
        if (!looks_ipv6(address))
            out.addresses.push_back(address);
        else if (is_ipv6_global(address))
            out.ipv6_addresses.push_back(address);
    if (!out.ipv6_addresses.empty()) out.ipv6_line = {out.here.at, out.ipv6_addresses[0]};
    out.gateways = read.gateways;
    out.dns = read.dns;
    if (read.sets_mac) {
        out.sets_mac = *read.sets_mac;
        out.sets_mac_line = line_in(unit, "Link", {"MACAddress"});
    }
    out.starts_at_boot = read.starts_at_boot && !read.unmanaged;
    out.boot_note = read.unmanaged ? "Unmanaged=yes" : "ActivationPolicy";
    out.master = read.bridge ? *read.bridge : read.bond.value_or("");
    if (read.match.is_empty)
        out.doubt = "it has no [Match]: older versions match everything, newer ones nothing";
    else if (!read.match.unjudged.empty() || !read.match.paths.empty())
        out.doubt = "[Match] " + (read.match.unjudged.empty() ? "Path" : read.match.unjudged) +
                    " is not followed";
    return out;
}

NicKind kind_of_section(const std::string& section) {
    if (section == "ethernets") return NicKind::ethernet;
    if (section == "bonds") return NicKind::bond;
    if (section == "bridges") return NicKind::bridge;
    return section == "vlans" ? NicKind::vlan : NicKind::other;
}

InterfaceConfig config_of(const Netplan& plan, const NetplanDefinition& from) {
    InterfaceConfig out{.format = NetFormat::netplan, .id = from.id};
    out.here = {from.at, from.section + ": " + from.id};
    out.kind = from.id == "lo" ? NicKind::loopback : kind_of_section(from.section);
    // The name of the file that netplan writes for networkd.
    out.order = "10-netplan-" + from.id + ".network";
    out.names = from.match_names;
    out.name_line = {from.match_name_at, "name: " + join(from.match_names, ", ")};
    if (!from.has_match) {
        out.names = {from.id};
        out.name_line = out.here;
    }
    out.drivers = from.match_drivers;
    if (from.match_mac) out.macs = {*from.match_mac};
    if (from.match_mac) out.mac_line = {from.match_mac_at, "macaddress: " + *from.match_mac};
    const bool dhcp = from.dhcp4.value_or(false);
    out.method = dhcp                      ? NetMethod::dhcp
                 : from.has_ipv4_address() ? NetMethod::fixed
                                           : NetMethod::none;
    out.method_line = {dhcp ? from.dhcp4_at : from.addresses_at,
                       dhcp ? "dhcp4: true" : "addresses"};
    if (!out.method_line.is_set()) out.method_line = out.here;
    for (const auto& address : from.addresses)
        if (!looks_ipv6(address))
            out.addresses.push_back(address);
        else if (is_ipv6_global(address))
            out.ipv6_addresses.push_back(address);
    if (!out.ipv6_addresses.empty()) out.ipv6_line = {from.addresses_at, out.ipv6_addresses[0]};
    out.gateways = from.ipv4_gateways;
    out.dns = from.dns;
    if (from.set_mac) out.sets_mac = *from.set_mac;
    if (from.set_mac) out.sets_mac_line = {from.set_mac_at, "macaddress: " + *from.set_mac};
    out.starts_at_boot = from.activation_mode.empty();
    out.boot_note = "activation-mode: " + from.activation_mode;
    out.ports = from.interfaces;
    if (out.kind == NicKind::vlan) out.ports = {from.link.value_or("")};
    const auto renderer = from.renderer.value_or(plan.renderer.value_or("networkd"));
    out.by_network_manager = renderer == "NetworkManager";
    if (!out.by_network_manager && renderer != "networkd")
        out.doubt = "renderer \"" + shown(renderer, 40) + "\" is not followed";
    if (!plan.problems.empty())
        out.doubt = "netplan refuses the configuration: " + plan.problems[0].at + ": " +
                    plan.problems[0].what;
    return out;
}

constexpr std::string_view kMacNames[] = {"preserve", "permanent"};

}  // namespace

std::vector<UnitFiles> network_units(NetworkReader& reader, std::string_view ending) {
    // What lies in /run is gone by the next boot.
    static const std::vector<std::string_view> kRoots = {
        "/etc/systemd/network", "/usr/local/lib/systemd/network", "/usr/lib/systemd/network",
        "/lib/systemd/network"};
    std::vector<UnitFiles> out;
    for (const auto& path : reader.layered(kRoots, ending)) {
        auto text = reader.text(path);
        // An empty file masks as a link to /dev/null does.
        if (!text || text->empty()) continue;
        UnitFiles unit{{path}, {IniFile(*text, IniDialect::systemd)}};
        std::vector<std::string> folders;
        for (const auto root : kRoots)
            folders.push_back(std::string(root) + '/' + std::string(path.name()) + ".d");
        const std::vector<std::string_view> views(folders.begin(), folders.end());
        for (const auto& drop_in : reader.layered(views, ".conf"))
            if (auto more = reader.text(drop_in)) {
                unit.paths.push_back(drop_in);
                unit.files.emplace_back(*more, IniDialect::systemd);
            }
        unit.by_cloud_init = is_by_cloud_init(path, *text);
        out.push_back(std::move(unit));
    }
    return out;
}

void NetworkReader::networkd() {
    std::map<std::string, NicKind> netdevs;
    for (const auto& unit : network_units(*this, ".netdev"))
        if (const auto name = unit.files[0].value("NetDev", "Name"))
            netdevs[*name] = kind_of_netdev(unit.files[0].value("NetDev", "Kind").value_or(""));
    const auto first = facts.interfaces.size();
    std::vector<std::pair<std::string, std::string>> vlans;
    for (const auto& unit : network_units(*this, ".network")) {
        facts.interfaces.push_back(config_of(unit, netdevs));
        facts.interfaces.back().by_cloud_init = unit.by_cloud_init;
        for (const auto& vlan : read_network(unit.files).vlans)
            if (!facts.interfaces.back().names.empty())
                vlans.emplace_back(vlan, facts.interfaces.back().names[0]);
    }
    for (auto at = first; at < facts.interfaces.size(); ++at)
        for (const auto& [vlan, lower] : vlans)
            if (auto& config = facts.interfaces[at];
                !config.names.empty() && config.names[0] == vlan) {
                config.kind = NicKind::vlan;
                config.ports = {lower};
            }
}

void NetworkReader::netplan() {
    Netplan plan;
    std::map<std::string, bool> by_cloud_init;
    for (const auto& path :
         layered({"/etc/netplan", "/usr/lib/netplan", "/lib/netplan"}, ".yaml")) {
        const auto read = text(path);
        if (!read) continue;
        const auto root = parse_yaml(*read);
        if (!root) {
            unread(path, "netplan cannot read it: " + root.error().message);
            continue;
        }
        plan.add(path.str(), *root);
        by_cloud_init[path.str()] = is_by_cloud_init(path, *read);
    }
    // Ubuntu's NetworkManager leaves Ethernet alone until netplan gives it everything: netplan then
    // hides this file by an empty one in /run.
    if (plan.renderer == "NetworkManager" &&
        contains(facts.network_manager.unmanaged_line.at, "10-globally-managed-devices.conf"))
        facts.network_manager.unmanaged.clear();
    for (const auto& definition : plan.definitions) {
        auto config = config_of(plan, definition);
        config.by_cloud_init = by_cloud_init[config.here.at.substr(0, config.here.at.rfind(':'))];
        if (std::ranges::find(kMacNames, config.sets_mac) != std::end(kMacNames))
            config.sets_mac.clear();
        facts.interfaces.push_back(std::move(config));
    }
}

}  // namespace guestprep
