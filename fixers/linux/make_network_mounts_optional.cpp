// SPDX-License-Identifier: Apache-2.0
//
// Changes: the options of network mounts and shared folders in /etc/fstab: nofail, _netdev.
// Leaves:  lines that say so already, and those that are mounted on demand.
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& fstab = facts.storage.fstab;
    if (!fstab) return std::unexpected(fstab.error());
    const auto optional = optional_at_boot(facts.os);
    auto text = Fstab::parse(fstab->text);
    for (const auto& entry : fstab->entries) {
        const bool host_folder = is_host_folder(entry);
        if ((!host_folder && !entry.is_network()) || entry.is_on_demand()) continue;
        // A hypervisor's folder needs no network: _netdev would only make it wait for one.
        add_options(
            text, entry.line,
            host_folder ? std::vector{optional} : std::vector{optional, std::string("_netdev")});
    }
    return fstab_change(*fstab, text);
}

}  // namespace

constinit const Fixer fixers::make_network_mounts_optional{
    .id = "linux-fstab-netfs",
    .title = "Let the boot go on without network mounts and shared folders",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "The options of those lines in /etc/fstab: nofail and _netdev (nobootwait under "
        "Upstart).",
    .leaves = "Mounts on demand. What is mounted now stays mounted.",
    .plan = plan,
};

}  // namespace guestprep
