// SPDX-License-Identifier: Apache-2.0
//
// Changes: the kernel's arguments (net.ifnames=0 biosdevname=0), the first interface's
// configuration
//          (eth0, DHCP) and files that name it, all or none.
// Leaves:  bonds, bridges, matches by pattern; other interfaces.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/kernel_arguments.h"
#include "agent/facts/network_edits.h"
#include "agent/facts/new_nic.h"
#include "agent/facts/rename_interface.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kName = "eth0";

void append(ChangeSet& to, ChangeSet more) {
    std::ranges::move(more.changes, std::back_inserter(to.changes));
    std::ranges::move(more.notes, std::back_inserter(to.notes));
}

bool is_for_eth0(const InterfaceConfig& config) {
    return config.names.empty() || std::ranges::any_of(config.names, [](const std::string& glob) {
               return matches_glob(glob, kName);
           });
}

/// The configuration and what names it elsewhere.
Result<ChangeSet> rename_primary(const Facts& facts) {
    const auto* primary = primary_config(facts.network);
    if (primary == nullptr || is_for_eth0(*primary)) return ChangeSet{};
    // The edits of two fixers to one file go over it one after the other.
    if (address_config(facts.network, *primary).method != NetMethod::dhcp)
        return failure(Errc::unsupported,
                       primary->id + " has no address by DHCP: include net-static-to-dhcp-linux");
    const auto old = primary->names.front();
    auto set = renamed(facts, *primary, kName);
    if (!set) return set;
    append(*set, references_renamed(facts, old, kName));
    set->notes.push_back(primary->here.at + ": was for " + old);
    return set;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& naming = facts.network.naming;
    if (!naming) return std::unexpected(naming.error());
    if (!naming->fixed_name.empty())
        return failure(Errc::unsupported, naming->because.at + " names every interface " +
                                              naming->fixed_name + ": take it out by hand");
    auto set = rename_primary(facts);
    if (!set || naming->policy == NamingPolicy::classic) return set;
    auto arguments = with_kernel_arguments(facts, {{"net.ifnames", "0"}, {"biosdevname", "0"}});
    if (!arguments) return arguments;
    append(*set, std::move(*arguments));
    return set;
}

}  // namespace

constinit const Fixer fixers::use_kernel_names{
    .id = "linux-predictable-ifnames",
    .title = "Call the first interface eth0, on any hardware",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "net.ifnames=0 biosdevname=0 on the kernel's command line (/etc/default/grub and "
        "the distribution's generator, the entries' files, or GRUB legacy's menu), the first "
        "interface's configuration is for eth0, and firewalld's zones, ufw's rules and the "
        "DHCP server's list name eth0. All or none; in force at the next boot.",
    .leaves =
        "Other interfaces; bonds, bridges, matches by pattern; other programs' files, which "
        "the report names.",
    .plan = plan,
};

}  // namespace guestprep
