// SPDX-License-Identifier: Apache-2.0
//
// Changes: the links that make the installed network service start at boot.
// Leaves:  a system where another one starts or where none is installed; a masked one, unless
//          --include names the check.
#include <algorithm>

#include "agent/facts/new_nic.h"
#include "agent/facts/service_enabling.h"
#include "agent/formats/shell_settings.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

/// With this one started, is the interface on EC2 configured by DHCP?
bool would_do(const NetworkFacts& facts, NetService service) {
    auto with = facts;
    for (auto& manager : with.managers)
        if (manager.service == service) manager.state.state = Enablement::enabled;
    return next_boot_on_ec2(with).outcome == NicOutcome::dhcp;
}

/// NETWORKING=no keeps RHEL's script, which starts, from doing anything.
Result<ChangeSet> switch_on(const Facts& facts) {
    const GuestPath path("/etc/sysconfig/network");
    const auto source = facts.sources.find(path);
    if (source == facts.sources.end())
        return failure(Errc::unsupported, "no text of " + path.str());
    ShellSettings file(source->second);
    file.set("NETWORKING", "yes");
    ChangeSet set;
    set.changes.push_back(FileEdit{.path = path, .before = source->second, .after = file.str()});
    return set;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes& wishes) {
    std::vector<const NetManager*> idle;
    for (const auto& manager : facts.network.managers) {
        if (starts(facts.network, manager)) return ChangeSet{};
        if (manager.service != NetService::other) idle.push_back(&manager);
    }
    if (idle.empty())
        return failure(Errc::unsupported,
                       "no network service is installed: install one with its DHCP client");
    if (idle.size() > 1)
        std::erase_if(idle, [&](const NetManager* manager) {
            const bool may_start = manager->state.state == Enablement::disabled ||
                                   (wishes.named && manager->state.state == Enablement::masked);
            return !may_start || !would_do(facts.network, manager->service);
        });
    if (idle.size() != 1)
        return failure(Errc::unsupported,
                       "several network services are installed: enable the one that is meant");
    if (idle.front()->state.note.starts_with("NETWORKING=")) return switch_on(facts);
    return enable_at_boot(facts, idle.front()->state, wishes.named);
}

}  // namespace

constinit const Fixer fixers::start_network_service{
    .id = "dhcp-client-linux",
    .title = "Start the network service at boot",
    .platform = Platform::linux_guest,
    .kind = FixKind::safe,
    .changes =
        "The links that enable the installed network service; NETWORKING=no in "
        "/etc/sysconfig/network.",
    .leaves =
        "Masked services, unless --include names this check, and systems with several of which "
        "none "
        "is the obvious one. Nothing is installed, and nothing is started now.",
    .plan = plan,
};

}  // namespace guestprep
