// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/dhcp_edits.h"

#include <algorithm>
#include <array>
#include <set>

#include "agent/core/text.h"
#include "agent/formats/ifcfg.h"
#include "agent/formats/interfaces.h"
#include "agent/formats/networkd.h"
#include "agent/formats/nm_keyfile.h"

namespace guestprep {
namespace {

Error cannot(const std::string& why) { return {Errc::unsupported, why}; }

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
}

/// "IPADDR", "IPADDR1", "IPADDR_x" for a stem of "IPADDR".
bool has_stem(std::string_view name, std::initializer_list<std::string_view> stems) {
    return std::ranges::any_of(stems, [&](std::string_view stem) {
        if (!name.starts_with(stem)) return false;
        const auto rest = name.substr(stem.size());
        return rest.empty() || rest.starts_with('_') || to_number(rest).has_value();
    });
}

/// Options of an iface stanza that belong to the old network.
bool is_of_old_network(const InterfacesOption& option) {
    if (is_one_of(option.key, {"address", "netmask", "broadcast", "network", "gateway",
                               "pointopoint", "dns-nameservers", "dns-nameserver"}))
        return true;
    return is_one_of(option.key, {"up", "post-up", "down", "pre-down", "post-down"}) &&
           contains(option.value, "route");
}

Result<ShellSettings> plain_ifcfg(std::string_view text) {
    ShellSettings file(text);
    if (file.has_open_quote()) return std::unexpected(cannot("a quote in the file does not end"));
    std::set<std::size_t> lines;
    for (const auto& setting : file.settings())
        if (!lines.insert(setting.line).second)
            return std::unexpected(
                cannot("line " + std::to_string(setting.line) + " holds several settings"));
    return file;
}

void comment_out(ShellSettings& file, std::initializer_list<std::string_view> stems) {
    std::set<std::string> names;
    for (const auto& setting : file.settings())
        if (has_stem(setting.name, stems)) names.insert(setting.name);
    for (const auto& name : names) file.comment_out(name);
}

void comment_out(IniFile& file, std::string_view section, bool (*is_meant)(std::string_view)) {
    std::set<std::string> keys;
    for (const auto& entry : file.entries())
        if (entry.section == section && is_meant(entry.key)) keys.insert(entry.key);
    for (const auto& key : keys) file.comment_out(section, key);
}

bool is_any(std::string_view) { return true; }

bool is_fixed_keyfile_key(std::string_view key) {
    if (is_one_of(key, {"addresses", "gateway", "dns", "routes", "ignore-auto-dns",
                        "ignore-auto-routes", "never-default"}))
        return true;
    const auto stem = key.starts_with("address") ? std::string_view("address")
                      : key.starts_with("route") ? std::string_view("route")
                                                 : std::string_view();
    if (stem.empty()) return false;
    auto rest = key.substr(stem.size());
    if (rest.ends_with("_options")) rest.remove_suffix(8);
    return rest.empty() || to_number(rest).has_value();
}

}  // namespace

Result<std::string> interfaces_with_dhcp(std::string_view text, std::size_t line) {
    InterfacesFile file(text);
    const auto meant = std::ranges::find(file.stanzas, line, &IfaceStanza::line);
    if (meant == file.stanzas.end() || !meant->inherits.empty())
        return std::unexpected(cannot("the stanza takes settings from another one"));
    if (!file.misplaced.empty())
        return std::unexpected(
            cannot("line " + std::to_string(file.misplaced[0]) + " belongs to no stanza"));
    // Edits keep the number of every line.
    const auto name = meant->name;
    for (const auto& stanza : std::vector(file.stanzas)) {
        if (stanza.name != name || stanza.family != "inet" || stanza.method != "static") continue;
        for (const auto& option : stanza.options)
            if (stanza.line != line || is_of_old_network(option)) file.comment_out(option);
        if (stanza.line == line)
            file.set_method(stanza, "dhcp");
        else
            file.comment_out({.key = {}, .value = {}, .line = stanza.line});
    }
    const auto now = std::ranges::find(file.stanzas, line, &IfaceStanza::line);
    if (now == file.stanzas.end() || now->method != "dhcp" || !file.misplaced.empty())
        return std::unexpected(cannot("its iface line is not written on one line"));
    return file.str();
}

Result<std::string> ifcfg_rh_with_dhcp(std::string_view text) {
    auto file = plain_ifcfg(text);
    if (!file) return std::unexpected(file.error());
    comment_out(*file, {"IPADDR", "NETMASK", "PREFIX", "NETWORK", "BROADCAST", "GATEWAY", "DNS",
                        "PEERDNS", "PEERROUTES"});
    file->set("BOOTPROTO", "dhcp");
    if (read_ifcfg_rh(*file).ipv4_mode != "dhcp")
        return std::unexpected(cannot("BOOTPROTO could not be set"));
    return file->str();
}

Result<std::string> ifcfg_suse_with_dhcp(std::string_view text) {
    auto file = plain_ifcfg(text);
    if (!file) return std::unexpected(file.error());
    comment_out(*file, {"IPADDR", "NETMASK", "PREFIXLEN", "NETWORK", "BROADCAST", "REMOTE_IPADDR"});
    file->set("BOOTPROTO", "dhcp");
    if (read_ifcfg_suse(*file).ipv4_mode != "dhcp")
        return std::unexpected(cannot("BOOTPROTO could not be set"));
    return file->str();
}

std::string suse_routes_without_default(std::string_view text) {
    TextLines lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto words = words_of(lines[i]);
        if (words.size() > 1 && is_one_of(words[0], {"default", "0.0.0.0/0", "0/0"}))
            lines.replace(i, '#' + lines[i]);
    }
    return lines.str();
}

Result<std::string> keyfile_with_dhcp(std::string_view text) {
    IniFile file(text);
    if (!file.malformed().empty() || std::ranges::count(file.sections(), "ipv4") > 1)
        return std::unexpected(cannot("the profile is not written as NetworkManager writes it"));
    comment_out(file, "ipv4", is_fixed_keyfile_key);
    file.set("ipv4", "method", "auto");
    if (read_nm_profile(file).ipv4_mode != "dhcp")
        return std::unexpected(cannot("the method of ipv4 could not be set"));
    return file.str();
}

Result<std::string> networkd_with_dhcp(std::string_view text) {
    IniFile file(text, IniDialect::systemd);
    if (!file.malformed().empty())
        return std::unexpected(
            cannot("line " + std::to_string(file.malformed()[0]) + " is no setting"));
    const auto dhcp = lowercase(file.value("Network", "DHCP").value_or("no"));
    comment_out(file, "Network",
                [](std::string_view key) { return is_one_of(key, {"Address", "Gateway", "DNS"}); });
    // Half a section would say something else than it did.
    comment_out(file, "Address", is_any);
    comment_out(file, "Route", is_any);
    file.set("Network", "DHCP", is_one_of(dhcp, {"ipv6", "v6"}) ? "yes" : "ipv4");
    const auto read = read_network({file});
    if (!read.dhcp4 || !read.addresses.empty())
        return std::unexpected(cannot("DHCP could not be set"));
    return file.str();
}

}  // namespace guestprep
