// SPDX-License-Identifier: Apache-2.0
//
// Changes: takes back "network: {config: disabled}" in the files of cloud-init.
// Leaves:  a cloud-init that would not write the network on EC2 all the same.
#include "agent/facts/network_edits.h"
#include "agent/formats/cloud_cfg.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& cloud = facts.network.cloud_init;
    if (!cloud) return std::unexpected(cloud.error());
    if (cloud->rewrites_network()) return ChangeSet{};
    if (!cloud->starts || !cloud->knows_ec2())
        return failure(Errc::unsupported,
                       "cloud-init does not act on EC2: let it start and look for Ec2 first "
                       "(linux-cloudinit-disabled, linux-cloudinit-datasource)");
    ChangeSet set;
    for (const auto& [path, text] : facts.sources) {
        const bool is_its_own =
            path.str() == "/etc/cloud/cloud.cfg" ||
            (path.parent().str() == "/etc/cloud/cloud.cfg.d" && path.name().ends_with(".cfg"));
        if (!is_its_own) continue;
        auto after = cloud_cfg_with_network(text);
        if (!after) return std::unexpected(std::move(after.error()).within(path.str()));
        if (*after == text) continue;
        set.changes.push_back(FileEdit{.path = path, .before = text, .after = *after, .mode = {}});
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::let_cloud_init_set_network{
    .id = "linux-cloudinit-network",
    .title = "Let cloud-init configure the network of the new instance",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "The file that says network: {config: disabled} is removed, or those lines of it "
        "become comments.",
    .leaves =
        "What cloud-init wrote before: it writes that anew on EC2. cloud-init clean is "
        "never run.",
    .plan = plan,
};

}  // namespace guestprep
