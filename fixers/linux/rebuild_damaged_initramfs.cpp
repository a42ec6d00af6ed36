// SPDX-License-Identifier: Apache-2.0
//
// Changes: the default kernel's initramfs, where it is damaged: built anew.
// Leaves:  one that can be read, and one that is not there at all.
#include "agent/facts/initramfs_rebuild.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    if (!facts.boot.kernel) return std::unexpected(facts.boot.kernel.error());
    const auto& image = facts.boot.kernel->initramfs;
    if (image) return ChangeSet{};
    if (image.error().code != Errc::bad_syntax) return std::unexpected(image.error());
    auto command = rebuild_initramfs(facts);
    if (!command) return std::unexpected(command.error());
    ChangeSet set;
    set.changes.emplace_back(std::move(*command));
    return set;
}

}  // namespace

constinit const Fixer fixers::rebuild_damaged_initramfs{
    .id = "linux-initrd-unreadable",
    .title = "Build a damaged initramfs anew",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "The default kernel's initramfs, by dracut, update-initramfs or SUSE's mkinitrd. The old "
        "image is kept.",
    .leaves = "An initramfs that is not there; other kernels.",
    .plan = plan,
};

}  // namespace guestprep
