// SPDX-License-Identifier: Apache-2.0
//
// Requirement: / lies on a file system that the import can edit.
// Why:         import-image mounts it to install drivers; others are refused.
// Source:      2018 document, "Linux" (last item) and "Volume Types and File Systems".
#include <algorithm>

#include "agent/core/profile.h"
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// Laid over the real root, which they hide.
bool hides_the_root(std::string_view type) {
    return type == "overlay" || type == "aufs" || type == "tmpfs" || type == "rootfs" ||
           type == "ramfs";
}

Finding judged(const std::string& type, std::string where, const Profile& profile) {
    if (std::ranges::find(profile.linux_file_systems, type) != profile.linux_file_systems.end())
        return pass("/ is " + type).with({{std::move(where), type, ""}});
    return fail("/ is " + type + ", which the import does not support",
                {{std::move(where), type, join(profile.linux_file_systems, ", ")}});
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto& storage = facts.storage;
    if (const auto* mount = mount_at(storage, "/")) {
        if (hides_the_root(mount->type))
            return unknown("/ is an " + mount->type + " here: what lies below cannot be seen");
        return judged(mount->type, mount->source + " on /", profile);
    }
    if (!storage.fstab) return unknown(storage.fstab.error());
    const auto* entry = fstab_entry_at(storage, "/");
    if (entry == nullptr) return unknown("/etc/fstab has no line for /");
    if (entry->type == "auto" || hides_the_root(entry->type))
        return unknown("/etc/fstab does not say which file system / is: " + entry->shown());
    return judged(entry->type, at_line("/etc/fstab", entry->line), profile);
}

}  // namespace

constinit const Check checks::root_file_system{
    .id = "linux-root-fs",
    .title = "The root file system is one that can be imported",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "The root file system is ext2, ext3, ext4, Btrfs, JFS or XFS.",
    .why = "The import has to mount and edit it; it cannot do so with any other file system.",
    .source =
        "2018 document, Linux; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "The running system's mounts (/proc/self/mountinfo, before 2.6.26 /proc/mounts); else the "
        "line of / in /etc/fstab.",
    .remedy = "Move / to ext4 or XFS: install anew, or copy the system to such a volume.",
    .evaluate = evaluate,
};

}  // namespace guestprep
