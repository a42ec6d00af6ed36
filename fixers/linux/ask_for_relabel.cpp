// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& selinux = facts.offline_edits.selinux;
    if (!selinux) return std::unexpected(selinux.error());
    ChangeSet set;
    if (selinux->relabels) return set;
    if (!selinux->has_policy)
        return failure(Errc::unsupported, "there is no policy to label files by");
    set.changes.emplace_back(
        FileEdit{.path = GuestPath("/.autorelabel"), .before = {}, .after = ""});
    set.notes.emplace_back("the next boot takes longer, and restarts once more by itself");
    return set;
}

}  // namespace

constinit const Fixer fixers::ask_for_relabel{
    .id = "linux-selinux-relabel",
    .title = "Ask SELinux to label every file at the next boot",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes = "Makes the empty file /.autorelabel.",
    .leaves = "The labels themselves, and the mode that SELinux is in.",
    .must_pass = true,
    .plan = plan,
};

}  // namespace guestprep
