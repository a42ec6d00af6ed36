// SPDX-License-Identifier: Apache-2.0
//
// Changes: netplan's match: macaddress, .network and .link files that know their interface by its
//          hardware address alone: they match by name.
// Leaves:  guests with several interfaces, which only the addresses tell apart.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/network_edits.h"
#include "agent/facts/new_nic.h"
#include "agent/formats/mac_edits.h"
#include "agent/formats/netplan_edits.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// What every Ethernet interface is called, by the kernel or by place.
constexpr std::string_view kAnyName = "e*";

Result<void> edit_netplan(const Facts& facts, const InterfaceConfig& config, ChangeSet& set) {
    for (const auto& [path, text] : facts.sources) {
        if (!path.str().starts_with("/etc/netplan/")) continue;
        auto after = netplan_without_mac(text, config.id, kAnyName);
        if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
        if (auto done = add_edit(facts, path, std::move(*after), set); !done) return done;
    }
    return {};
}

Result<void> edit_unit(const Facts& facts, const GuestPath& path, std::string_view key,
                       ChangeSet& set) {
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    return add_edit(facts, path, networkd_without_mac(*text, key, kAnyName), set);
}

Result<void> edit(const Facts& facts, const InterfaceConfig& config, ChangeSet& set) {
    if (config.format == NetFormat::netplan) return edit_netplan(facts, config, set);
    if (config.format == NetFormat::networkd) return edit_unit(facts, file_of(config), "Name", set);
    return {};
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto is_nic = [](const InterfaceConfig* config) {
        return config->kind == NicKind::ethernet;
    };
    const auto started = started_configs(facts.network);
    const auto links = std::ranges::count(facts.network.name_rules, true, &NicNameRule::is_link);
    if (std::ranges::count_if(started, is_nic) > 1 || links > 1)
        return failure(Errc::unsupported,
                       "several interfaces are configured: give each a match that holds without "
                       "its hardware address by hand");
    ChangeSet set;
    for (const auto* config : started) {
        if (config->macs.empty() && config->sets_mac.empty()) continue;
        if (auto done = edit(facts, *config, set); !done) return std::unexpected(done.error());
    }
    for (const auto& rule : facts.network.name_rules) {
        if (!rule.is_link) continue;
        const GuestPath path(rule.line.at.substr(0, rule.line.at.rfind(':')));
        if (auto done = edit_unit(facts, path, "OriginalName", set); !done)
            return std::unexpected(done.error());
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::match_any_hardware_address{
    .id = "linux-hwaddr-binding",
    .title = "Let netplan, .network and .link files match by name, not by hardware address",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "match: macaddress and MACAddress become comments; where nothing else is matched, "
        "every Ethernet interface is. A name that the interface is given stays.",
    .leaves = "Guests with several interfaces.",
    .plan = plan,
};

}  // namespace guestprep
