// SPDX-License-Identifier: Apache-2.0
//
// Changes: lines of network configurations that ask for a hardware address or set one.
// Leaves:  what would then apply to more interfaces than it did (see match_any_hardware_address).
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/network_edits.h"
#include "agent/facts/new_nic.h"
#include "agent/formats/mac_edits.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

bool is_bound(const InterfaceConfig& config) {
    return (config.kind == NicKind::ethernet && !config.macs.empty()) || !config.sets_mac.empty();
}

/// Nothing but the address tells which interface it is for, or that is how netplan writes it.
bool is_for_opt_in(const InterfaceConfig& config) {
    return config.format == NetFormat::netplan ||
           (config.format == NetFormat::networkd && config.names.empty());
}

/// Two profiles without a name would both be for any interface.
bool is_one_of_many(const NetworkFacts& facts, const InterfaceConfig& config) {
    const auto nameless = [&](const InterfaceConfig* other) {
        return other->kind == NicKind::ethernet && other->names.empty() &&
               other->format == config.format;
    };
    return config.names.empty() && std::ranges::count_if(started_configs(facts), nameless) > 1;
}

/// SLES 10's "ifcfg-eth-id-00:0c:29:aa:bb:cc" gets the name of the interface on EC2.
Result<void> rename_suse(const Facts& facts, const InterfaceConfig& config, ChangeSet& set) {
    const auto path = file_of(config);
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    const auto name = path.parent() / ("ifcfg-" + ec2_names(facts.network).front());
    if (facts.sources.contains(name))
        return failure(Errc::unsupported, name.str() + " is there as well as " + path.str());
    auto after = ifcfg_without_mac(*text);
    if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
    set.changes.push_back(FileEdit{.path = path, .before = *text, .after = {}, .mode = {}});
    set.changes.push_back(
        FileEdit{.path = name, .before = {}, .after = std::move(*after), .mode = {}});
    return {};
}

Result<void> unbind(const Facts& facts, const InterfaceConfig& config, ChangeSet& set) {
    const auto path = file_of(config);
    if (config.format == NetFormat::ifcfg_suse && !config.macs.empty())
        return rename_suse(facts, config, set);
    const auto text = source_of(facts, path);
    if (!text) return std::unexpected(text.error());
    Result<std::string> after = *text;
    if (config.format == NetFormat::interfaces) after = interfaces_without_mac(*text);
    if (config.format == NetFormat::nm_keyfile) after = keyfile_without_mac(*text);
    if (config.format == NetFormat::networkd) after = networkd_without_mac(*text, "Name", "e*");
    if (config.format == NetFormat::ifcfg_rh || config.format == NetFormat::ifcfg_suse)
        after = ifcfg_without_mac(*text);
    if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
    const auto is_edited = [&](const Change& change) {
        const auto* edit = std::get_if<FileEdit>(&change);
        return edit != nullptr && edit->path == path;
    };
    // Several stanzas of one file are edited at once.
    if (std::ranges::any_of(set.changes, is_edited)) return {};
    return add_edit(facts, path, std::move(*after), set);
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    ChangeSet set;
    for (const auto* config : started_configs(facts.network)) {
        if (!is_bound(*config)) continue;
        const auto& line = config->macs.empty() ? config->sets_mac_line : config->mac_line;
        if (is_for_opt_in(*config)) {
            set.notes.push_back(line.at + ": left; include linux-hwaddr-binding to change it");
        } else if (is_one_of_many(facts.network, *config)) {
            set.notes.push_back(line.at + ": left; only the hardware address tells " + config->id +
                                " from others");
        } else if (auto done = unbind(facts, *config, set); !done) {
            return std::unexpected(done.error());
        } else {
            set.notes.push_back(line.at + ": was " + line.text);
        }
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::ignore_hardware_addresses{
    .id = "linux-hwaddr-binding",
    .title = "Take hardware addresses out of the network configuration",
    .platform = Platform::linux_guest,
    .kind = FixKind::safe,
    .changes =
        "HWADDR, MACADDR and LLADDR in ifcfg files, hwaddress, mac-address of NetworkManager's "
        "profiles and MACAddress of .network files become comments; SUSE's ifcfg-eth-id-* is "
        "called ifcfg-eth0.",
    .leaves = "Profiles that only the address tells apart. The running network stays as it is.",
    .plan = plan,
};

}  // namespace guestprep
