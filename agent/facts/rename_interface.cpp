// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/rename_interface.h"

#include <algorithm>
#include <map>

#include "agent/core/text.h"
#include "agent/facts/network_edits.h"
#include "agent/formats/ini_file.h"
#include "agent/formats/netplan_edits.h"
#include "agent/formats/shell_settings.h"
#include "agent/formats/text_lines.h"

namespace guestprep {
namespace {

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/// Whole words only: "ens192" does not stand in "ens1920".
std::string replaced(const std::string& line, std::string_view from, std::string_view to) {
    std::string out;
    std::size_t at = 0;
    for (auto found = line.find(from); found != std::string::npos;
         found = line.find(from, found + from.size())) {
        const auto end = found + from.size();
        const bool whole = (found == 0 || !is_name_character(line[found - 1])) &&
                           (end == line.size() || !is_name_character(line[end]));
        if (!whole) continue;
        out += line.substr(at, found - at);
        out += to;
        at = end;
    }
    return out + line.substr(at);
}

/// auto, allow-* and iface lines.
std::string interfaces_renamed(const std::string& text, std::string_view from,
                               std::string_view to) {
    TextLines lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto words = words_of(lines[i]);
        if (words.empty()) continue;
        if (words[0] == "auto" || words[0] == "iface" || words[0].starts_with("allow-"))
            lines.replace(i, replaced(lines[i], from, to));
    }
    return lines.str();
}

std::string ifcfg_renamed(const std::string& text, std::string_view from, std::string_view to) {
    ShellSettings file(text);
    file.set("DEVICE", to);
    if (file.value("NAME") == std::string(from)) file.set("NAME", to);
    return file.str();
}

/// "ifcfg-ens192" becomes "ifcfg-eth0".
Result<ChangeSet> file_renamed(const Facts& facts, const GuestPath& path, std::string_view name,
                               std::string after) {
    const auto to = path.parent() / ("ifcfg-" + std::string(name));
    if (facts.sources.contains(to))
        return failure(Errc::unsupported, to.str() + " is there already");
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    ChangeSet set;
    set.changes.push_back(FileEdit{.path = path, .before = *text, .after = {}, .mode = {}});
    set.changes.push_back(
        FileEdit{.path = to, .before = {}, .after = std::move(after), .mode = {}});
    return set;
}

std::string ini_renamed(const std::string& text, IniDialect dialect, std::string_view section,
                        std::string_view key, std::string_view name) {
    IniFile file(text, dialect);
    file.set(section, key, name);
    return file.str();
}

Result<ChangeSet> netplan_files(const Facts& facts, const InterfaceConfig& config,
                                std::string_view name) {
    if (config.names != std::vector{config.id} || config.here.at != config.name_line.at)
        return failure(Errc::unsupported,
                       config.name_line.at + ": a match decides; correct it by hand");
    ChangeSet set;
    for (const auto& [path, text] : facts.sources) {
        if (!path.str().starts_with("/etc/netplan/")) continue;
        auto after = netplan_renamed(text, config.id, name);
        if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
        if (auto done = add_edit(facts, path, std::move(*after), set); !done)
            return std::unexpected(done.error());
    }
    return set;
}

bool is_safe_to_change(std::string_view path) {
    return path.starts_with("/etc/firewalld/zones/") || path.starts_with("/etc/ufw/") ||
           path.starts_with("/etc/default/isc-dhcp-");
}

}  // namespace

Result<ChangeSet> renamed(const Facts& facts, const InterfaceConfig& config,
                          std::string_view name) {
    if (config.kind != NicKind::ethernet || !config.master.empty() || !config.doubt.empty() ||
        config.names.size() != 1 || config.names[0].find_first_of("*?[!") != std::string::npos)
        return failure(Errc::unsupported,
                       config.id + ": bonds, bridges and patterns are renamed by hand");
    const auto is_taken = [&](const InterfaceConfig& other) {
        return &other != &config && other.format == config.format &&
               std::ranges::find(other.names, name) != other.names.end();
    };
    if (std::ranges::any_of(facts.network.interfaces, is_taken))
        return failure(Errc::unsupported, std::string(name) + " is configured already");
    if (config.format == NetFormat::netplan) return netplan_files(facts, config, name);

    const auto path = file_of(config);
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    const auto& old = config.names[0];
    std::string after;
    if (config.format == NetFormat::ifcfg_rh)
        return file_renamed(facts, path, name, ifcfg_renamed(*text, old, name));
    if (config.format == NetFormat::ifcfg_suse) return file_renamed(facts, path, name, *text);
    if (config.format == NetFormat::interfaces) after = interfaces_renamed(*text, old, name);
    if (config.format == NetFormat::nm_keyfile)
        after = ini_renamed(*text, IniDialect::keyfile, "connection", "interface-name", name);
    if (config.format == NetFormat::networkd)
        after = ini_renamed(*text, IniDialect::systemd, "Match", "Name", name);
    if (after.empty() || after == *text)
        return failure(Errc::unsupported, path.str() + ": the name could not be changed");
    ChangeSet set;
    if (auto done = add_edit(facts, path, std::move(after), set); !done)
        return std::unexpected(done.error());
    return set;
}

ChangeSet references_renamed(const Facts& facts, std::string_view from, std::string_view to) {
    ChangeSet set;
    std::map<GuestPath, std::vector<std::size_t>> places;
    for (const auto& use : facts.network.name_uses) {
        const auto colon = use.at.rfind(':');
        const auto line = colon == std::string::npos
                              ? std::nullopt
                              : to_number(std::string_view(use.at).substr(colon + 1));
        const GuestPath path(use.at.substr(0, colon));
        if (line && is_safe_to_change(path.str()) && facts.sources.contains(path))
            places[path].push_back(static_cast<std::size_t>(*line));
        else
            set.notes.push_back(use.at + ": names an interface; correct by hand: " + use.text);
    }
    for (const auto& [path, numbers] : places) {
        const auto& text = facts.sources.at(path);
        TextLines lines(text);
        for (const auto number : numbers)
            lines.replace(number - 1, replaced(lines[number - 1], from, to));
        if (auto after = lines.str(); after != text)
            set.changes.push_back(
                FileEdit{.path = path, .before = text, .after = std::move(after), .mode = {}});
    }
    return set;
}

}  // namespace guestprep
