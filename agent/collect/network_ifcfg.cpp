// SPDX-License-Identifier: Apache-2.0
//
// ifcfg files: of RHEL and its kin in /etc/sysconfig/network-scripts, of SUSE in
// /etc/sysconfig/network.
#include <algorithm>

#include "agent/collect/network_parts.h"
#include "agent/core/text.h"
#include "agent/formats/ifcfg.h"
#include "agent/formats/ip_text.h"

namespace guestprep {
namespace {

NetMethod method_of(std::string_view mode) {
    if (mode == "dhcp") return NetMethod::dhcp;
    if (mode == "static") return NetMethod::fixed;
    return mode == "none" || mode == "port" ? NetMethod::none : NetMethod::unknown;
}

/// One ifcfg file while it becomes an InterfaceConfig.
struct Source {
    GuestPath path;
    ShellSettings file;
    std::string suffix;  ///< "eth0" of "ifcfg-eth0"

    /// The line that sets `name`, as evidence; unset where nothing does.
    [[nodiscard]] ConfigLine line(std::string_view name) const {
        const auto* setting = file.find(name);
        if (setting == nullptr) return {};
        return config_line(path.str(), setting->line, setting->name + '=' + setting->value);
    }
    [[nodiscard]] ConfigLine first_of(std::initializer_list<std::string_view> names) const {
        for (const auto name : names)
            if (const auto found = line(name); found.is_set() && file.value(name)) return found;
        return {path.str(), "ifcfg-" + suffix};
    }
    [[nodiscard]] bool says_yes(std::string_view name) const {
        return is_shell_true(file.value(name).value_or(""));
    }
};

/// Settings that decide and are computed by the shell are not known.
std::string doubt_of(const Source& source) {
    if (source.file.has_open_quote()) return "a quote in the file does not end";
    for (const auto* name : {"DEVICE", "BOOTPROTO", "HWADDR", "ONBOOT", "STARTMODE", "IPADDR"})
        if (const auto* setting = source.file.find(name); setting != nullptr && setting->computed)
            return std::string(name) + " is computed when the file is read";
    return {};
}

NicKind kind_rh(const Source& source, const IfcfgRh& read) {
    const auto type = lowercase(source.file.value("DEVICETYPE").value_or(read.type.value_or("")));
    if (type == "bond" || source.file.value("BONDING_OPTS") || source.says_yes("BONDING_MASTER"))
        return NicKind::bond;
    if (type == "team" || source.file.value("TEAM_CONFIG")) return NicKind::team;
    if (type == "bridge") return NicKind::bridge;
    if (type == "vlan" || source.says_yes("VLAN")) return NicKind::vlan;
    if (!type.empty() && type != "ethernet" && type != "teamport") return NicKind::other;
    return kind_of_name(read.device.value_or(source.suffix));
}

InterfaceConfig config_rh(const Source& source, const NmSettings& nm, bool has_nm) {
    const auto read = read_ifcfg_rh(source.file);
    InterfaceConfig out{.format = NetFormat::ifcfg_rh, .id = read.device.value_or(source.suffix)};
    out.here = {source.path.str(), "ifcfg-" + source.suffix};
    out.kind = kind_rh(source, read);
    out.by_network_manager = !is_shell_false(read.nm_controlled.value_or(""));
    // Without DEVICE the initscripts take the file's name, NetworkManager any interface.
    const bool any = read.hwaddr || (has_nm && nm.reads_ifcfg && out.by_network_manager);
    if (read.device || !any) out.names = {out.id};
    out.name_line = source.first_of({"DEVICE"});
    if (read.hwaddr) {
        out.macs = {*read.hwaddr};
        out.mac_line = source.line("HWADDR");
    }
    out.method = method_of(read.ipv4_mode);
    out.method_line = read.ipv4_mode == "static" && !read.ipv4_addresses.empty()
                          ? source.first_of({"IPADDR", "IPADDR0", "IPADDR1", "BOOTPROTO"})
                          : source.first_of({"BOOTPROTO", "DEVICE"});
    if (out.method == NetMethod::unknown)
        out.doubt = "BOOTPROTO=" + shown(read.ipv4_mode, 30) + " is not followed";
    out.addresses = read.ipv4_addresses;
    out.gateways = read.ipv4_gateways;
    out.dns = read.dns;
    std::ranges::copy_if(read.ipv6_addresses, std::back_inserter(out.ipv6_addresses),
                         is_ipv6_global);
    if (!out.ipv6_addresses.empty()) out.ipv6_line = source.first_of({"IPV6ADDR"});
    if (read.macaddr && is_mac(*read.macaddr)) {
        out.sets_mac = *read.macaddr;
        out.sets_mac_line = source.line("MACADDR");
    }
    out.starts_at_boot = read.starts_at_boot;
    out.boot_note = "ONBOOT=" + read.onboot.value_or("");
    out.master = read.master.value_or("");
    if (out.kind == NicKind::vlan) {
        const auto dot = out.id.rfind('.');
        const auto lower = dot == std::string::npos ? std::string() : out.id.substr(0, dot);
        out.ports = {source.file.value("PHYSDEV").value_or(lower)};
    }
    if (const auto doubt = doubt_of(source); !doubt.empty()) out.doubt = doubt;
    return out;
}

NicKind kind_suse(const Source& source, const IfcfgSuse& read) {
    const auto& file = source.file;
    if (read.is_loopback) return NicKind::loopback;
    if (source.says_yes("BONDING_MASTER")) return NicKind::bond;
    if (source.says_yes("BRIDGE")) return NicKind::bridge;
    if (file.value("TEAM_RUNNER")) return NicKind::team;
    if (read.etherdevice || read.vlan_id) return NicKind::vlan;
    if (file.value("TUNNEL") || file.value("WIRELESS_MODE") || file.value("WIRELESS_ESSID"))
        return NicKind::other;
    return kind_of_name(source.suffix);
}

InterfaceConfig config_suse(const Source& source) {
    const auto read = read_ifcfg_suse(source.file);
    InterfaceConfig out{.format = NetFormat::ifcfg_suse, .id = source.suffix};
    out.here = {source.path.str(), "ifcfg-" + source.suffix};
    out.kind = kind_suse(source, read);
    out.name_line = out.here;
    // SLES 10 names its files so: "ifcfg-eth-id-00:0c:29:aa:bb:cc".
    const auto id = source.suffix.find("-id-");
    if (id != std::string::npos && is_mac(source.suffix.substr(id + 4))) {
        out.macs = {source.suffix.substr(id + 4)};
        out.mac_line = out.here;
    } else {
        out.names = {source.suffix};
    }
    out.method = method_of(read.ipv4_mode);
    out.method_line = read.ipv4_mode == "static" ? source.first_of({"IPADDR", "IPADDR_0"})
                                                 : source.first_of({"BOOTPROTO"});
    const auto proto = lowercase(read.bootproto.value_or("static"));
    if (!proto.starts_with("dhcp") && proto != "static" && proto != "none")
        out.doubt = "BOOTPROTO=" + shown(proto, 30) + " is not followed";
    out.addresses = read.ipv4_addresses;
    std::ranges::copy_if(read.ipv6_addresses, std::back_inserter(out.ipv6_addresses),
                         is_ipv6_global);
    if (!out.ipv6_addresses.empty()) out.ipv6_line = out.here;
    if (read.lladdr && is_mac(*read.lladdr)) {
        out.sets_mac = *read.lladdr;
        out.sets_mac_line = source.line("LLADDR");
    }
    out.starts_at_boot = read.starts_at_boot;
    out.boot_note = "STARTMODE=" + read.startmode.value_or("");
    out.ports = out.kind == NicKind::bridge ? read.bridge_ports : read.bond_slaves;
    if (out.kind == NicKind::vlan)
        out.ports = {read.etherdevice.value_or(source.suffix.substr(0, source.suffix.find('.')))};
    if (const auto doubt = doubt_of(source); !doubt.empty()) out.doubt = doubt;
    return out;
}

std::vector<Source> sources_in(NetworkReader& reader, const GuestPath& directory) {
    std::vector<Source> out;
    for (const auto& name : reader.list(directory)) {
        // "ifcfg-eth0:1" adds an address to eth0, "-range" many: none starts an interface.
        if (!name.starts_with("ifcfg-") || is_ignored_ifcfg(name) || contains(name, "-range") ||
            (contains(name, ":") && !contains(name, "-id-")))
            continue;
        const auto path = directory / name;
        if (auto text = reader.text(path))
            out.push_back({path, ShellSettings(*text), name.substr(6)});
    }
    return out;
}

}  // namespace

void NetworkReader::ifcfg_files() {
    const auto has_nm = std::ranges::any_of(facts.managers, [](const NetManager& manager) {
        return manager.service == NetService::network_manager && manager.state.starts();
    });
    for (const auto& source : sources_in(*this, GuestPath("/etc/sysconfig/network-scripts"))) {
        auto config = config_rh(source, facts.network_manager, has_nm);
        config.by_cloud_init = is_by_cloud_init(source.path, source.file.str());
        // The script has dhclient give up after the first failure, unless told otherwise.
        const bool by_script = !has_nm || !config.by_network_manager;
        if (by_script && config.method == NetMethod::dhcp && config.starts_at_boot &&
            !source.says_yes("PERSISTENT_DHCLIENT"))
            facts.dhcp_limits->push_back({source.path.str(), "no PERSISTENT_DHCLIENT=yes"});
        facts.interfaces.push_back(std::move(config));
    }
    for (const auto& source : sources_in(*this, GuestPath("/etc/sysconfig/network"))) {
        facts.interfaces.push_back(config_suse(source));
        facts.interfaces.back().by_cloud_init = is_by_cloud_init(source.path, source.file.str());
    }
    // Read for those who edit them: routes do not stand in the interface's file.
    const GuestPath suse("/etc/sysconfig/network");
    if (files.is_directory(suse)) static_cast<void>(text(suse / "routes"));
    for (const auto& folder : {suse, GuestPath("/etc/sysconfig/network-scripts")})
        for (const auto& name : list(folder))
            if (name.starts_with("route-") || name.starts_with("rule-") ||
                name.starts_with("ifroute-"))
                static_cast<void>(text(folder / name));
    for (const auto& name : list(GuestPath("/etc/wicked/ifconfig")))
        if (name.ends_with(".xml"))
            unread(GuestPath("/etc/wicked/ifconfig") / name, "wicked's XML is not followed");
}

}  // namespace guestprep
