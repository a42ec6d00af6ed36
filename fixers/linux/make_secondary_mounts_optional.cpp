// SPDX-License-Identifier: Apache-2.0
//
// Changes: the options of lines in /etc/fstab whose disk is not the boot disk: nofail.
// Leaves:  lines that say so already; which disks are exported.
#include "agent/facts/fstab_at_boot.h"
#include "agent/facts/secondary_mounts.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& fstab = facts.storage.fstab;
    if (!fstab) return std::unexpected(fstab.error());
    const auto mounts = secondary_mounts(facts);
    if (!mounts) return std::unexpected(mounts.error());
    auto text = Fstab::parse(fstab->text);
    ChangeSet left;
    for (const auto& mount : *mounts) {
        // Parts of the system itself: without them the boot would go on into a broken one.
        const auto& place = mount.entry->mount_point;
        if (place == "/usr" || place == "/var" || place == "/boot")
            left.notes.push_back("/etc/fstab:" + std::to_string(mount.entry->line) + ": " + place +
                                 " is part of the system; export " + names_of(mount.disks));
        else
            add_options(text, mount.entry->line, {optional_at_boot(facts.os)});
    }
    auto set = fstab_change(*fstab, text);
    set.notes = std::move(left.notes);
    return set;
}

}  // namespace

constinit const Fixer fixers::make_secondary_mounts_optional{
    .id = "linux-fstab-secondary",
    .title = "Let the boot go on without the disks that are not the boot disk",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes = "The options of those lines in /etc/fstab: nofail (nobootwait under Upstart).",
    .leaves = "/usr, /var and /boot on another disk. What is mounted now stays mounted.",
    .plan = plan,
};

}  // namespace guestprep
