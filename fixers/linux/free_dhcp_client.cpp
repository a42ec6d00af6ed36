// SPDX-License-Identifier: Apache-2.0
//
// Changes: statements of dhclient's files that belong to the old network; PERSISTENT_DHCLIENT.
// Leaves:  every other statement.
#include <map>
#include <vector>

#include "agent/core/text.h"
#include "agent/facts/network_edits.h"
#include "agent/formats/dhclient_conf.h"
#include "agent/formats/shell_settings.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// The lines of each file that are named; none for an ifcfg file, which lacks one.
std::map<GuestPath, std::vector<std::size_t>> places(const std::vector<ConfigLine>& limits) {
    std::map<GuestPath, std::vector<std::size_t>> out;
    for (const auto& limit : limits) {
        const auto colon = limit.at.rfind(':');
        const auto line = limit.at.ends_with(".conf")
                              ? std::nullopt
                              : to_number(std::string_view(limit.at).substr(colon + 1));
        if (contains(limit.text, "PERSISTENT_DHCLIENT"))
            out[GuestPath(limit.at)];
        else if (colon != std::string::npos && line)
            out[GuestPath(limit.at.substr(0, colon))].push_back(static_cast<std::size_t>(*line));
    }
    return out;
}

std::string persistent(const std::string& text) {
    ShellSettings file(text);
    file.set("PERSISTENT_DHCLIENT", "yes");
    return file.str();
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& limits = facts.network.dhcp_limits;
    if (!limits) return std::unexpected(limits.error());
    ChangeSet set;
    for (const auto& limit : *limits)
        if (!contains(limit.text, "PERSISTENT_DHCLIENT"))
            set.notes.push_back(limit.at + ": was " + limit.text);
    for (const auto& [path, lines] : places(*limits)) {
        const auto text = source_of(facts, path);
        if (!text) return std::unexpected(text.error());
        auto after =
            lines.empty() ? Result<std::string>(persistent(*text)) : dhclient_without(*text, lines);
        if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
        if (auto done = add_edit(facts, path, std::move(*after), set); !done)
            return std::unexpected(done.error());
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::free_dhcp_client{
    .id = "linux-dhcp-retry",
    .title = "Let the DHCP client take what EC2 offers, and go on asking",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "supersede, reject, interface and dhcp-client-identifier statements of dhclient's "
        "files become comments; ifcfg files get PERSISTENT_DHCLIENT=yes.",
    .leaves = "Every other statement; the lease that is held now.",
    .plan = plan,
};

}  // namespace guestprep
