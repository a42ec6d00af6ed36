// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/networkd.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/ip_text.h"
#include "agent/formats/shell_settings.h"

namespace guestprep {
namespace {

using Values = std::vector<std::string>;

/// Words of every assignment to the key over all files; an empty one starts anew.
Values words_in(const std::vector<IniFile>& files, std::string_view section, std::string_view key) {
    Values out;
    for (const auto& file : files)
        for (const auto& entry : file.entries()) {
            if (entry.section != section || entry.key != key) continue;
            if (entry.value.empty()) out.clear();
            for (const auto word : words_of(entry.value)) out.emplace_back(word);
        }
    return out;
}

std::optional<std::string> last_in(const std::vector<IniFile>& files, std::string_view section,
                                   std::string_view key) {
    std::optional<std::string> out;
    for (const auto& file : files)
        if (const auto* entry = file.find(section, key); entry != nullptr) {
            out = entry->value;
            if (out->empty()) out.reset();
        }
    return out;
}

void append(Values& to, Values more) { std::ranges::move(more, std::back_inserter(to)); }

NetworkdMatch match_of(const std::vector<IniFile>& files) {
    NetworkdMatch out;
    out.names = words_in(files, "Match", "Name");
    append(out.names, words_in(files, "Match", "OriginalName"));
    out.macs = words_in(files, "Match", "MACAddress");
    append(out.macs, words_in(files, "Match", "PermanentMACAddress"));
    out.drivers = words_in(files, "Match", "Driver");
    out.types = words_in(files, "Match", "Type");
    out.paths = words_in(files, "Match", "Path");
    out.kinds = words_in(files, "Match", "Kind");
    out.virtualizations = words_in(files, "Match", "Virtualization");
    static constexpr std::string_view kJudged[] = {
        "Name", "OriginalName", "MACAddress", "PermanentMACAddress", "Driver",
        "Type", "Path",         "Kind",       "Virtualization"};
    for (const auto& file : files)
        for (const auto& entry : file.entries()) {
            if (entry.section != "Match" || entry.value.empty()) continue;
            out.is_empty = false;
            if (std::ranges::find(kJudged, entry.key) == std::end(kJudged))
                out.unjudged = entry.key;
        }
    return out;
}

bool gives_dhcp4(std::string_view value) {
    const auto text = lowercase(value);
    // "v4" and "both" are what versions before 219 wrote.
    return is_shell_true(text) || text == "ipv4" || text == "v4" || text == "both";
}

}  // namespace

NetworkdNetwork read_network(const std::vector<IniFile>& files) {
    NetworkdNetwork out;
    out.match = match_of(files);
    out.dhcp = last_in(files, "Network", "DHCP");
    out.dhcp4 = gives_dhcp4(out.dhcp.value_or("no"));
    out.bridge = last_in(files, "Network", "Bridge");
    out.bond = last_in(files, "Network", "Bond");
    out.sets_mac = last_in(files, "Link", "MACAddress");
    out.vlans = words_in(files, "Network", "VLAN");
    out.addresses = words_in(files, "Network", "Address");
    append(out.addresses, words_in(files, "Address", "Address"));
    out.gateways = words_in(files, "Network", "Gateway");
    append(out.gateways, words_in(files, "Route", "Gateway"));
    out.dns = words_in(files, "Network", "DNS");
    out.unmanaged = is_shell_true(last_in(files, "Link", "Unmanaged").value_or(""));
    const auto policy = last_in(files, "Link", "ActivationPolicy").value_or("");
    out.starts_at_boot = policy != "manual" && policy != "down" && policy != "always-down";
    return out;
}

NetworkdLink read_link(const std::vector<IniFile>& files) {
    NetworkdLink out;
    out.match = match_of(files);
    out.name = last_in(files, "Link", "Name");
    out.sets_mac = last_in(files, "Link", "MACAddress");
    for (const auto& file : files)
        if (file.find("Link", "NamePolicy") != nullptr)
            out.name_policy = words_in(files, "Link", "NamePolicy");
    return out;
}

bool networkd_list_matches(const std::vector<std::string>& globs, std::string_view name) {
    // One "!" before the first inverts the whole list.
    if (globs.empty()) return true;
    const bool inverted = globs.front().starts_with('!');
    const bool found = std::ranges::any_of(globs, [&](std::string_view glob) {
        if (glob.starts_with('!')) glob.remove_prefix(1);
        return matches_glob(glob, name);
    });
    return found != inverted;
}

}  // namespace guestprep
