// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ifcfg.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/ip_text.h"

namespace guestprep {
namespace {

/// What stands behind `stem` in the names of the file's variables, in the order they first appear:
/// "" for IPADDR, "1" for IPADDR1, "_x" for IPADDR_x.
std::vector<std::string> suffixes_of(const ShellSettings& file, std::string_view stem,
                                     bool numbers_only) {
    std::vector<std::string> out;
    for (const auto& setting : file.settings()) {
        if (!setting.name.starts_with(stem)) continue;
        auto suffix = setting.name.substr(stem.size());
        const bool fits = suffix.empty() ||
                          (numbers_only ? to_number(suffix).has_value()
                                        : suffix.starts_with('_') || to_number(suffix).has_value());
        if (fits && std::ranges::find(out, suffix) == out.end()) out.push_back(std::move(suffix));
    }
    return out;
}

std::vector<std::string> values_of(const ShellSettings& file, std::string_view stem) {
    std::vector<std::string> out;
    for (const auto& suffix : suffixes_of(file, stem, true))
        if (auto value = file.value(std::string(stem) + suffix)) out.push_back(std::move(*value));
    return out;
}

/// "address/prefix" where a prefix length or a netmask is told, else the address alone.
std::string with_prefix(const ShellSettings& file, std::string address, std::string_view prefix_key,
                        const std::string& suffix) {
    if (contains(address, "/")) return address;
    if (const auto prefix = file.value(std::string(prefix_key) + suffix))
        return address + '/' + *prefix;
    if (const auto mask = file.value("NETMASK" + suffix))
        if (const auto prefix = prefix_of_netmask(*mask))
            return address + '/' + std::to_string(*prefix);
    return address;
}

bool all_loopback(const std::vector<std::string>& addresses) {
    return !addresses.empty() && std::ranges::all_of(addresses, is_ipv4_loopback);
}

std::string mode_rh(const IfcfgRh& read) {
    const auto proto = lowercase(read.bootproto.value_or(""));
    if (proto == "dhcp" || proto == "bootp") return "dhcp";
    if (!proto.empty() && proto != "none" && proto != "static") return proto;
    if (!read.ipv4_addresses.empty()) return "static";
    return read.master ? "port" : "none";
}

}  // namespace

bool is_ignored_ifcfg(std::string_view file_name) {
    static constexpr std::string_view kEndings[] = {
        "~",    ".bak",     ".old",     ".orig",   ".rej",    ".save",      ".rpmnew",
        ".swp", ".rpmorig", ".rpmsave", ".augnew", ".augtmp", ".scpmbackup"};
    return std::ranges::any_of(kEndings, [&](auto end) { return file_name.ends_with(end); });
}

IfcfgRh read_ifcfg_rh(const ShellSettings& file) {
    IfcfgRh out;
    out.device = file.value("DEVICE");
    out.name = file.value("NAME");
    out.bootproto = file.value("BOOTPROTO");
    out.hwaddr = file.value("HWADDR");
    out.macaddr = file.value("MACADDR");
    out.onboot = file.value("ONBOOT");
    out.type = file.value("TYPE");
    out.nm_controlled = file.value("NM_CONTROLLED");
    for (const auto* key : {"MASTER", "TEAM_MASTER", "BRIDGE", "OVS_BRIDGE"})
        if (!out.master) out.master = file.value(key);
    for (const auto& suffix : suffixes_of(file, "IPADDR", true))
        if (auto address = file.value("IPADDR" + suffix))
            out.ipv4_addresses.push_back(with_prefix(file, std::move(*address), "PREFIX", suffix));
    out.ipv4_gateways = values_of(file, "GATEWAY");
    out.dns = values_of(file, "DNS");
    for (const auto* key : {"IPV6ADDR", "IPV6ADDR_SECONDARIES"})
        if (const auto value = file.value(key))
            for (const auto word : words_of(*value)) out.ipv6_addresses.emplace_back(word);
    out.dhcpv6 = is_shell_true(file.value("DHCPV6C").value_or(""));
    out.starts_at_boot = !is_shell_false(out.onboot.value_or(""));
    out.is_loopback = out.device == "lo" || all_loopback(out.ipv4_addresses);
    out.ipv4_mode = mode_rh(out);
    return out;
}

IfcfgSuse read_ifcfg_suse(const ShellSettings& file) {
    IfcfgSuse out;
    out.bootproto = file.value("BOOTPROTO");
    out.startmode = file.value("STARTMODE");
    out.lladdr = file.value("LLADDR");
    out.etherdevice = file.value("ETHERDEVICE");
    out.vlan_id = file.value("VLAN_ID");
    for (const auto& suffix : suffixes_of(file, "IPADDR", false))
        if (auto address = file.value("IPADDR" + suffix)) {
            auto& list = looks_ipv6(*address) ? out.ipv6_addresses : out.ipv4_addresses;
            list.push_back(with_prefix(file, std::move(*address), "PREFIXLEN", suffix));
        }
    for (const auto& setting : file.settings())
        if (setting.name.starts_with("BONDING_SLAVE") && !setting.value.empty() &&
            std::ranges::find(out.bond_slaves, setting.value) == out.bond_slaves.end())
            out.bond_slaves.push_back(setting.value);
    for (const auto word : words_of(file.value("BRIDGE_PORTS").value_or("")))
        out.bridge_ports.emplace_back(word);
    static constexpr std::string_view kAtBoot[] = {"auto",    "onboot",  "on",     "boot",
                                                   "hotplug", "ifplugd", "nfsroot"};
    out.starts_at_boot =
        std::ranges::find(kAtBoot, lowercase(out.startmode.value_or(""))) != std::end(kAtBoot);
    out.is_loopback = all_loopback(out.ipv4_addresses);
    const auto proto = lowercase(out.bootproto.value_or("static"));
    if (proto.starts_with("dhcp") && proto != "dhcp6")
        out.ipv4_mode = "dhcp";
    else
        out.ipv4_mode = out.ipv4_addresses.empty() ? "none" : "static";
    return out;
}

}  // namespace guestprep
