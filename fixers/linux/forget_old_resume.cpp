// SPDX-License-Identifier: Apache-2.0
//
// Changes: RESUME of initramfs-tools, where it names what changes or is gone: by UUID, else none;
//          then the default kernel's initramfs, which carries it.
// Leaves:  lines of swap in /etc/fstab, which other fixers mend; resume= of the kernel.
#include "agent/facts/fstab_at_boot.h"
#include "agent/facts/initramfs_rebuild.h"
#include "agent/facts/network_edits.h"
#include "agent/formats/shell_assignments.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    ChangeSet set;
    const auto& resume = facts.storage.resume;
    if (!resume && !resume.is_absent()) return std::unexpected(resume.error());
    const auto entry = resume_entry(facts.storage);
    if (!entry || !is_stale_swap(*entry, facts.storage)) return set;
    const GuestPath path(kResumeFile);
    auto before = source_of(facts, path);
    if (!before) return std::unexpected(before.error());
    const auto uuid = unique_uuid(facts.storage, entry->spec);
    auto file = ShellAssignments::parse(*before);
    file.set("RESUME", uuid.empty() ? "none" : uuid);
    auto command = rebuild_initramfs(facts);
    if (!command) return std::unexpected(command.error());
    set.changes.emplace_back(
        FileEdit{.path = path, .before = std::move(*before), .after = file.text()});
    set.changes.emplace_back(std::move(*command));
    return set;
}

}  // namespace

constinit const Fixer fixers::forget_old_resume{
    .id = "linux-swap-stale",
    .title = "Let the initramfs not wait for a swap that will not be there",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "RESUME in /etc/initramfs-tools/conf.d/resume: the UUID of that swap, or none where it is "
        "gone; then the default kernel's initramfs is built anew.",
    .leaves = "Swap in /etc/fstab (linux-fstab-uuid, linux-fstab-stale); resume= of the kernel.",
    .plan = plan,
};

}  // namespace guestprep
