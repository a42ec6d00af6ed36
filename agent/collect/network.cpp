// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "agent/collect/network_parts.h"
#include "agent/core/text.h"
#include "agent/formats/resolv_conf.h"

namespace guestprep {
namespace {

bool is_numbered(std::string_view name, std::string_view stem) {
    return name.starts_with(stem) && name.size() > stem.size() &&
           (stem.ends_with('-') || to_number(name.substr(stem.size())).has_value() ||
            name[stem.size()] == '-');
}

bool is_virtual_kind(NicKind kind) {
    return kind == NicKind::bond || kind == NicKind::team || kind == NicKind::bridge;
}

bool is_for(const InterfaceConfig& config, const std::string& name) {
    return config.id == name || std::ranges::find(config.names, name) != config.names.end();
}

}  // namespace

NicKind kind_of_name(std::string_view name) {
    if (name == "lo") return NicKind::loopback;
    if (contains(name, ".")) return NicKind::vlan;
    static constexpr std::pair<std::string_view, NicKind> kStems[] = {
        {"bond", NicKind::bond},    {"team", NicKind::team},   {"br", NicKind::bridge},
        {"vmbr", NicKind::bridge},  {"vlan", NicKind::vlan},   {"virbr", NicKind::other},
        {"docker", NicKind::other}, {"veth", NicKind::other},  {"wlan", NicKind::other},
        {"tun", NicKind::other},    {"tap", NicKind::other},   {"ppp", NicKind::other},
        {"dummy", NicKind::other},  {"sit", NicKind::other},   {"ib", NicKind::other},
        {"wg", NicKind::other},     {"lo", NicKind::loopback}, {"wwan", NicKind::other},
        {"gre", NicKind::other},    {"lxcbr", NicKind::other}, {"vnet", NicKind::other},
        {"cali", NicKind::other},   {"cni", NicKind::other},   {"hsi", NicKind::other},
        {"host", NicKind::other},   {"ve-", NicKind::other},   {"vb-", NicKind::other},
        {"vz-", NicKind::other},    {"vt-", NicKind::other}};
    for (const auto& [stem, kind] : kStems)
        if (is_numbered(name, stem)) return kind;
    // wlp2s0 and its like.
    if (name.starts_with("wl") || name.starts_with("ww")) return NicKind::other;
    return NicKind::ethernet;
}

NicKind kind_of_names(const std::vector<std::string>& globs) {
    if (globs.empty()) return NicKind::ethernet;
    for (const auto& glob : globs) {
        const bool is_glob = glob.find_first_of("*?[!") != std::string::npos;
        const auto stem = is_glob ? glob.substr(0, glob.find_first_of("*?[")) + "0" : glob;
        if (kind_of_name(stem) == NicKind::ethernet) return NicKind::ethernet;
    }
    return kind_of_name(globs.front());
}

ConfigLine config_line(std::string_view path, std::size_t line, std::string_view text) {
    return {at_line(path, line), shown(trimmed(text))};
}

bool is_by_cloud_init(const GuestPath& path, std::string_view text) {
    if (contains(path.name(), "cloud-init")) return true;
    const auto head = text.substr(0, 400);
    return head.starts_with('#') && contains(lowercase(head), "cloud-init");
}

void NetworkReader::unread(const GuestPath& path, const std::string& why) {
    facts.unread.push_back({path.str(), shown(why)});
}

std::optional<std::string> NetworkReader::text(const GuestPath& path) {
    auto read = files.read(path);
    if (read) return std::move(*read);
    if (read.error().code != Errc::not_found) unread(path, read.error().message);
    return std::nullopt;
}

std::vector<std::string> NetworkReader::list(const GuestPath& path) {
    auto names = files.list(path);
    if (names) return std::move(*names);
    // RHEL's /etc/sysconfig/network is a file, SUSE's a directory.
    const auto code = names.error().code;
    if (code != Errc::not_found && code != Errc::wrong_type) unread(path, names.error().message);
    return {};
}

std::vector<GuestPath> NetworkReader::layered(const std::vector<std::string_view>& directories,
                                              std::string_view ending) {
    std::map<std::string, GuestPath> found;
    for (const auto directory : directories)
        for (const auto& name : list(GuestPath(directory)))
            if (name.ends_with(ending)) found.try_emplace(name, GuestPath(directory) / name);
    std::vector<GuestPath> out;
    for (const auto& [name, path] : found) {
        const auto target = files.link(path);
        if (!target || *target != "/dev/null") out.push_back(path);
    }
    return out;
}

void NetworkReader::link_ports() {
    std::vector<InterfaceConfig> added;
    for (const auto& master : facts.interfaces) {
        if (!is_virtual_kind(master.kind)) continue;
        for (const auto& port : master.ports) {
            bool known = false;
            for (auto& config : facts.interfaces) {
                if (config.format != master.format || !is_for(config, port)) continue;
                known = true;
                if (config.master.empty()) config.master = master.id;
                // ifupdown and SUSE bring the ports of what starts up with it.
                if (config.format != NetFormat::netplan)
                    config.starts_at_boot |= master.starts_at_boot;
            }
            if (known) continue;
            added.push_back({.format = master.format,
                             .id = port,
                             .here = master.here,
                             .kind = kind_of_name(port),
                             .names = {port},
                             .name_line = master.here,
                             .method = NetMethod::none,
                             .starts_at_boot = master.starts_at_boot,
                             .boot_note = master.boot_note,
                             .by_network_manager = master.by_network_manager,
                             .master = master.id});
        }
    }
    std::ranges::move(added, std::back_inserter(facts.interfaces));
}

void collect_network(const Host& host, const BootServices& services, Facts& facts) {
    facts.network = {};
    facts.network.dhcp_limits = std::vector<ConfigLine>{};
    NetworkReader reader(host, services, facts, facts.network);
    reader.managers();
    reader.network_manager();
    reader.interfaces_files();
    reader.ifcfg_files();
    reader.netplan();
    reader.networkd();
    reader.link_ports();
    reader.nics();
    reader.naming();
    reader.cloud_init();
    reader.dhcp_limits();
    reader.name_uses();
    if (const auto text = host.files.read(GuestPath("/etc/resolv.conf")))
        facts.network.resolvers = nameservers_of(*text);
}

}  // namespace guestprep
