// SPDX-License-Identifier: Apache-2.0
//
// Changes: the configuration of the interface that EC2 will have, from fixed addresses to DHCP.
// Leaves:  other interfaces; bonds, teams, bridges and VLANs; whatever is not fully understood.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/network_edits.h"
#include "agent/facts/new_nic.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// The configuration that gives the first interface, or the one on EC2, a fixed address.
const InterfaceConfig* fixed_config(const NetworkFacts& facts) {
    if (const auto* primary = primary_config(facts); primary != nullptr)
        if (const auto& from = address_config(facts, *primary); from.method == NetMethod::fixed)
            return &from;
    const auto answer = next_boot_on_ec2(facts);
    if (answer.outcome != NicOutcome::fixed || answer.config == nullptr) return nullptr;
    return &address_config(facts, *answer.config);
}

bool is_same(const InterfaceConfig& a, const InterfaceConfig& b) {
    return a.format == b.format && a.id == b.id && file_of(a) == file_of(b);
}

void note_what_is_left(const NetworkFacts& facts, ChangeSet& set) {
    for (const auto* config : started_configs(facts))
        if (config->method == NetMethod::fixed && config->kind == NicKind::ethernet)
            set.notes.push_back(config->here.at + ": " + config->id +
                                " keeps its fixed address; EC2 has no such interface");
    if (!set.empty() && !facts.resolvers.empty())
        set.notes.push_back("name servers in use: " + join(facts.resolvers, ", "));
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    ChangeSet set;
    // Which configuration takes the interface then may change with each that is edited.
    auto then = facts;
    for (int round = 0; round < 8; ++round) {
        const auto* config = fixed_config(then.network);
        if (config == nullptr) break;
        auto more = with_dhcp(then, *config);
        if (!more) return more;
        for (const auto& change : more->changes)
            if (const auto* edit = std::get_if<FileEdit>(&change))
                then.sources[edit->path] = edit->after.value_or("");
        std::ranges::move(more->changes, std::back_inserter(set.changes));
        std::ranges::move(more->notes, std::back_inserter(set.notes));
        const auto done = *config;
        for (auto& other : then.network.interfaces)
            if (is_same(other, done)) other.method = NetMethod::dhcp;
    }
    note_what_is_left(then.network, set);
    return set;
}

}  // namespace

constinit const Fixer fixers::configure_dhcp{
    .id = "net-static-to-dhcp-linux",
    .title = "Configure the first network interface for DHCP at the next boot",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "Its address, gateway, routes and name servers become comments, its method DHCP, in "
        "interfaces, ifcfg files, netplan, NetworkManager's profiles or systemd-networkd's files. "
        "Its route-, rule- and ifroute- files are taken away, GATEWAY in /etc/sysconfig/network "
        "becomes a comment. The report keeps what it had.",
    .leaves =
        "Other interfaces; bonds, teams, bridges and VLANs. The running network stays as it "
        "is until the next boot.",
    .plan = plan,
};

}  // namespace guestprep
