// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/network_edits.h"

#include "agent/core/text.h"
#include "agent/formats/dhcp_edits.h"
#include "agent/formats/netplan_edits.h"
#include "agent/formats/shell_settings.h"

namespace guestprep {
namespace {

constexpr std::string_view kSuseRoutes = "/etc/sysconfig/network/routes";
constexpr std::string_view kRhSettings = "/etc/sysconfig/network";

bool tells_line(NetFormat format) {
    return format == NetFormat::interfaces || format == NetFormat::netplan;
}

std::size_t line_of(const InterfaceConfig& config) {
    const std::string_view at = config.here.at;
    return static_cast<std::size_t>(to_number(at.substr(at.rfind(':') + 1)).value_or(0));
}

bool is_under(const GuestPath& path, std::string_view folder) {
    return path.str().starts_with(folder);
}

Result<std::string> edited(const InterfaceConfig& config, const std::string& text) {
    switch (config.format) {
        case NetFormat::interfaces:
            return interfaces_with_dhcp(text, line_of(config));
        case NetFormat::ifcfg_rh:
            return ifcfg_rh_with_dhcp(text);
        case NetFormat::ifcfg_suse:
            return ifcfg_suse_with_dhcp(text);
        case NetFormat::nm_keyfile:
            return keyfile_with_dhcp(text);
        case NetFormat::networkd:
            return networkd_with_dhcp(text);
        case NetFormat::netplan:
            return netplan_without_addresses(text, config.id, true);
        case NetFormat::other:
            break;
    }
    return failure(Errc::unsupported, "this kind of configuration is not edited");
}

/// "eth0": what the files beside an ifcfg file that belong to it end with.
std::vector<std::string> endings_of(const InterfaceConfig& config) {
    std::vector<std::string> out = config.names;
    const auto file = file_of(config);
    if (const auto name = file.name(); name.starts_with("ifcfg-")) out.emplace_back(name.substr(6));
    return out;
}

/// Routes of the old network, in files of their own: the next boot does not find them.
void remove_routes(const InterfaceConfig& config, const GuestPath& path, const std::string& text,
                   ChangeSet& set) {
    if (path.parent() != file_of(config).parent() || trimmed(text).empty()) return;
    for (const auto& ending : endings_of(config))
        for (const std::string_view kind : {"route-", "rule-", "ifroute-"}) {
            if (path.name() != std::string(kind) + ending) continue;
            set.changes.push_back(FileEdit{.path = path, .before = text, .after = {}});
            std::vector<std::string> lines;
            for (const auto line : lines_of(text))
                if (!trimmed(line).empty()) lines.emplace_back(trimmed(line));
            set.notes.push_back(path.str() +
                                " is taken away, it had: " + shown(join(lines, "; "), 500));
            return;
        }
}

/// The default gateway of all interfaces, which RHEL's scripts set whatever DHCP says.
Result<void> drop_gateway(const Facts& facts, const GuestPath& path, const std::string& text,
                          ChangeSet& set) {
    ShellSettings file(text);
    std::string had;
    for (const auto* name : {"GATEWAY", "GATEWAYDEV"})
        if (const auto value = file.value(name)) {
            had += (had.empty() ? " had " : " ") + (std::string(name) + '=' + *value);
            file.comment_out(name);
        }
    if (had.empty()) return {};
    set.notes.push_back(path.str() + shown(had));
    return add_edit(facts, path, file.str(), set);
}

/// What other files say of the same interface.
Result<void> edit_others(const Facts& facts, const InterfaceConfig& config, ChangeSet& set) {
    const auto own = file_of(config);
    for (const auto& [path, text] : facts.sources) {
        if (config.format == NetFormat::networkd && is_under(path, "/etc/systemd/network/") &&
            path.parent().name() == std::string(own.name()) + ".d")
            return failure(Errc::unsupported, path.str() + " adds to it");
        if (config.format == NetFormat::ifcfg_rh || config.format == NetFormat::ifcfg_suse)
            remove_routes(config, path, text, set);
        if (config.format == NetFormat::ifcfg_rh && path.str() == kRhSettings)
            if (auto done = drop_gateway(facts, path, text, set); !done) return done;
        if (config.format == NetFormat::ifcfg_suse && path.str() == kSuseRoutes)
            if (auto done = add_edit(facts, path, suse_routes_without_default(text), set); !done)
                return done;
        if (config.format != NetFormat::netplan || path == own || !is_under(path, "/etc/netplan/"))
            continue;
        auto without = netplan_without_addresses(text, config.id, false);
        if (!without) return std::unexpected(std::move(without.error()).within(path.str()));
        if (auto done = add_edit(facts, path, std::move(*without), set); !done) return done;
    }
    return {};
}

std::string name_of(NicKind kind) {
    return std::string(enum_names(kind)[static_cast<std::size_t>(kind)]);
}

}  // namespace

GuestPath file_of(const InterfaceConfig& config) {
    const std::string_view at = config.here.at;
    return GuestPath(tells_line(config.format) ? at.substr(0, at.rfind(':')) : at);
}

Result<std::string> source_of(const Facts& facts, const GuestPath& path) {
    const auto found = facts.sources.find(path);
    if (found == facts.sources.end())
        return failure(Errc::unsupported, path.str() + ": its text is not known");
    return found->second;
}

Result<void> add_edit(const Facts& facts, const GuestPath& path, std::string after, ChangeSet& to) {
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    if (*text == after) return {};
    // A profile may hold a passphrase beside what is edited: a diff would show it.
    const bool secret = contains(*text, "password") || contains(*text, "psk");
    for (const std::string_view root : {"/usr/lib/systemd/", "/lib/systemd/"})
        if (is_under(path, root)) {
            const auto copy = "/etc/systemd/" + path.str().substr(root.size());
            to.changes.push_back(FileEdit{
                .path = GuestPath(copy), .before = {}, .after = std::move(after), .mode = {}});
            return {};
        }
    if (!is_under(path, "/etc/"))
        return failure(Errc::unsupported, path.str() + " belongs to a package");
    to.changes.push_back(FileEdit{
        .path = path, .before = *text, .after = std::move(after), .mode = {}, .secret = secret});
    return {};
}

std::string inventory_of(const InterfaceConfig& config) {
    std::string out;
    const auto add = [&](const char* what, const std::vector<std::string>& list) {
        if (!list.empty()) out += (out.empty() ? "" : "; ") + (what + join(list, ", "));
    };
    add("addresses ", config.addresses);
    add("gateways ", config.gateways);
    add("name servers ", config.dns);
    add("IPv6 addresses ", config.ipv6_addresses);
    return out.empty() ? out : config.id + " had: " + out;
}

Result<ChangeSet> with_dhcp(const Facts& facts, const InterfaceConfig& config) {
    const auto refuse = [&](const std::string& why) {
        return failure(Errc::unsupported, config.id + ": " + why);
    };
    if (config.kind != NicKind::ethernet)
        return refuse("a " + name_of(config.kind) + " holds the address; configure " +
                      "the interface below it for DHCP by hand");
    if (!config.master.empty()) return refuse("it is a port of " + config.master);
    if (!config.doubt.empty()) return refuse(config.doubt);
    const auto path = file_of(config);
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    auto after = edited(config, *text);
    if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
    ChangeSet set;
    if (auto done = edit_others(facts, config, set); !done) return std::unexpected(done.error());
    if (auto done = add_edit(facts, path, std::move(*after), set); !done)
        return std::unexpected(done.error());
    if (auto had = inventory_of(config); !had.empty()) set.notes.push_back(std::move(had));
    return set;
}

}  // namespace guestprep
