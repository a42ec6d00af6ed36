// SPDX-License-Identifier: Apache-2.0
//
// Changes: removes /etc/cloud/cloud-init.disabled.
// Leaves:  masks and arguments of the kernel, which may be meant.
#include "agent/facts/network_edits.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& cloud = facts.network.cloud_init;
    if (!cloud) return std::unexpected(cloud.error());
    ChangeSet set;
    const GuestPath mark("/etc/cloud/cloud-init.disabled");
    const auto text = source_of(facts, mark);
    if (text)
        set.changes.push_back(FileEdit{.path = mark, .before = *text, .after = {}, .mode = {}});
    if (set.empty() && cloud->disabled.is_set())
        return failure(Errc::unsupported, cloud->disabled.at + ": " + cloud->disabled.text +
                                              "; take it back by hand if cloud-init is to run");
    if (set.empty() && !cloud->starts)
        return failure(Errc::unsupported, "enable the units of cloud-init if it is to run");
    return set;
}

}  // namespace

constinit const Fixer fixers::enable_cloud_init{
    .id = "linux-cloudinit-disabled",
    .title = "Let cloud-init start",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes = "/etc/cloud/cloud-init.disabled is removed; undo brings it back.",
    .leaves = "Masked units and cloud-init=disabled on the kernel's command line.",
    .plan = plan,
};

}  // namespace guestprep
