// SPDX-License-Identifier: Apache-2.0
//
// NetworkManager: NetworkManager.conf with its drop-ins, and the profiles in keyfiles.
#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "agent/collect/network_parts.h"
#include "agent/core/text.h"
#include "agent/formats/ip_text.h"
#include "agent/formats/nm_keyfile.h"

namespace guestprep {
namespace {

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> out;
    for (const auto word : words_of(text, ",; \t")) out.emplace_back(word);
    return out;
}

/// One file's settings over those of the files before it; "key+=" adds, "key-=" takes away.
void lay_over(NmSettings& nm, const GuestPath& path, const IniFile& file,
              std::optional<std::vector<std::string>>& plugins) {
    for (const auto& entry : file.entries()) {
        std::string_view key = entry.key;
        const bool adds = key.ends_with('+');
        if (adds || key.ends_with('-')) key.remove_suffix(1);
        const auto line = config_line(path.str(), entry.line, entry.key + '=' + entry.value);
        const auto list = words(entry.value);
        const bool is_any = std::ranges::find(list, "*") != list.end();
        if (entry.section == "main" && key == "no-auto-default") {
            if (is_any)
                nm.no_auto_default = line;
            else if (!adds)
                nm.no_auto_default = {};
        } else if (entry.section == "main" && key == "plugins") {
            if (!adds || !plugins) plugins.emplace();
            std::ranges::copy(list, std::back_inserter(*plugins));
        } else if (entry.section == "keyfile" && key == "unmanaged-devices") {
            if (!adds) nm.unmanaged.clear();
            std::ranges::copy(list, std::back_inserter(nm.unmanaged));
            nm.unmanaged_line = line;
        } else if (entry.section == "ifupdown" && key == "managed") {
            nm.manages_ifupdown = lowercase(entry.value) == "true";
        }
    }
}

InterfaceConfig config_of(const GuestPath& path, const IniFile& file) {
    const auto read = read_nm_profile(file);
    const auto line = [&](std::string_view section, std::string_view key) -> ConfigLine {
        const auto* entry = file.find(section, key);
        if (entry == nullptr) return {};
        return config_line(path.str(), entry->line, entry->key + '=' + entry->value);
    };
    InterfaceConfig out{.format = NetFormat::nm_keyfile};
    out.id = read.id.value_or(std::string(path.name()));
    out.here = {path.str(), "profile " + shown(out.id, 60)};
    const auto type = read.type.value_or("");
    out.kind = read.is_ethernet     ? NicKind::ethernet
               : type == "bond"     ? NicKind::bond
               : type == "team"     ? NicKind::team
               : type == "bridge"   ? NicKind::bridge
               : type == "vlan"     ? NicKind::vlan
               : type == "loopback" ? NicKind::loopback
                                    : NicKind::other;
    out.names = read.match_names;
    if (read.interface_name) out.names = {*read.interface_name};
    out.name_line = line("connection", "interface-name");
    out.drivers = read.match_drivers;
    if (read.mac_address) out.macs = {*read.mac_address};
    for (const auto* section : {"ethernet", "802-3-ethernet"}) {
        if (!out.mac_line.is_set()) out.mac_line = line(section, "mac-address");
        if (!out.sets_mac_line.is_set()) out.sets_mac_line = line(section, "cloned-mac-address");
    }
    const auto cloned = read.cloned_mac_address.value_or("");
    if (is_mac(cloned) || cloned == "random" || cloned == "stable") out.sets_mac = cloned;
    out.method = read.ipv4_mode == "dhcp"     ? NetMethod::dhcp
                 : read.ipv4_mode == "static" ? NetMethod::fixed
                 : read.ipv4_mode == "none"   ? NetMethod::none
                                              : NetMethod::unknown;
    out.method_line = line("ipv4", "method");
    if (out.method == NetMethod::unknown && !read.master)
        out.doubt = read.ipv4_mode.empty() ? "the profile names no ipv4 method"
                                           : "ipv4 method " + read.ipv4_mode + " is not followed";
    if (!read.unjudged.empty()) out.doubt = "match " + read.unjudged + " is not followed";
    out.addresses = read.ipv4_address_values;
    if (read.ipv4_gateway) out.gateways = {*read.ipv4_gateway};
    for (const auto& address : out.addresses)
        if (const auto comma = address.find_first_of(",;"); comma != std::string::npos)
            out.gateways.push_back(address.substr(comma + 1));
    out.dns = read.dns;
    for (const auto& address : read.ipv6_address_values)
        if (is_ipv6_global(address.substr(0, address.find_first_of(",;"))))
            out.ipv6_addresses.push_back(address);
    if (!out.ipv6_addresses.empty()) out.ipv6_line = {path.str(), out.ipv6_addresses[0]};
    out.starts_at_boot = read.autoconnect;
    out.boot_note = "autoconnect=false";
    out.by_network_manager = true;
    out.master = read.master.value_or("");
    if (out.kind == NicKind::vlan) out.ports = {file.value("vlan", "parent").value_or("")};
    out.priority = read.priority;
    return out;
}

void settings(NetworkReader& reader) {
    auto& nm = reader.facts.network_manager;
    std::optional<std::vector<std::string>> plugins;
    // A file in /etc hides the one of its name in /usr/lib; those come first all the same.
    auto drop_ins =
        reader.layered({"/etc/NetworkManager/conf.d", "/usr/lib/NetworkManager/conf.d"}, ".conf");
    const auto is_local = [](const GuestPath& path) { return path.str().starts_with("/etc/"); };
    const auto local = std::ranges::stable_partition(drop_ins, std::not_fn(is_local));
    drop_ins.insert(local.begin(), GuestPath("/etc/NetworkManager/NetworkManager.conf"));
    for (const auto& path : drop_ins)
        if (const auto text = reader.text(path)) lay_over(nm, path, IniFile(*text), plugins);
    const auto has = [&](std::string_view name) {
        return plugins && std::ranges::find(*plugins, name) != plugins->end();
    };
    // What is compiled in where the file names no plugins: ifcfg-rh on the systems that have the
    // directory, up to release 9.
    const auto& system = reader.all.os.distribution;
    const bool dropped =
        system && system->family == "rhel" && compare_versions(system->version, "10") >= 0;
    nm.reads_ifcfg =
        has("ifcfg-rh") || (!plugins && !dropped &&
                            reader.files.is_directory(GuestPath("/etc/sysconfig/network-scripts")));
    nm.reads_keyfiles = !plugins || has("keyfile") || plugins->empty() || has("ifcfg-rh");
    // The plugin leaves alone what ifupdown has, unless told to manage it.
    if (!has("ifupdown")) nm.manages_ifupdown = true;
}

}  // namespace

void NetworkReader::network_manager() {
    facts.network_manager.manages_ifupdown = false;
    settings(*this);
    std::set<std::string> seen;
    std::map<std::string, std::string> id_of_uuid;
    const auto first = facts.interfaces.size();
    for (const auto* directory :
         {"/etc/NetworkManager/system-connections", "/usr/lib/NetworkManager/system-connections"}) {
        for (const auto& name : list(GuestPath(directory))) {
            const auto path = GuestPath(directory) / name;
            const auto info = files.info(path);
            if (is_ignored_keyfile(name) || !info || info->kind != FileKind::regular ||
                !seen.insert(name).second)
                continue;
            const auto read = text(path);
            if (!read) continue;
            const IniFile file(*read);
            facts.interfaces.push_back(config_of(path, file));
            auto& config = facts.interfaces.back();
            id_of_uuid[file.value("connection", "uuid").value_or(path.str())] = config.id;
            config.by_cloud_init = is_by_cloud_init(path, *read);
            // A profile may hold a passphrase: one that others could read or write is not used.
            if (path.str().starts_with("/etc/") && (info->uid != 0 || (info->permissions & 077U))) {
                config.starts_at_boot = false;
                config.boot_note = "NetworkManager ignores a profile that others may read";
            }
        }
    }
    // A port names its master by interface or by UUID.
    for (auto at = first; at < facts.interfaces.size(); ++at)
        if (const auto found = id_of_uuid.find(facts.interfaces[at].master);
            found != id_of_uuid.end())
            facts.interfaces[at].master = found->second;
}

}  // namespace guestprep
