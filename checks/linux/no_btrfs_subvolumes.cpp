// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Btrfs is used without subvolumes.
// Why:         the import looks for the system at the top of the file system.
// Source:      present guide, Linux file systems (since 2021).
#include "agent/core/profile.h"
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kTopId = "5";

/// "subvol=@" and "subvolid=256": another place than the top. Nothing where no option says.
std::optional<bool> options_name_subvolume(std::string_view subvolume, std::string_view id) {
    if (!subvolume.empty()) return subvolume != "/";
    if (!id.empty()) return id != kTopId && id != "0";
    return std::nullopt;
}

bool is_subvolume(const Mount& mount) {
    FstabEntry as_entry;
    as_entry.options = mount.options;
    const auto by_option =
        options_name_subvolume(as_entry.option_value("subvol"), as_entry.option_value("subvolid"));
    // Before Linux 4.2 the options do not tell; the root field does, of bind mounts too.
    return by_option.value_or(!mount.root.empty() && mount.root != "/" && mount.mount_point == "/");
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto& storage = facts.storage;
    std::vector<Evidence> used;
    bool any = false;
    bool root_is_open = false;
    if (storage.mounts)
        for (const auto& mount : *storage.mounts) {
            if (mount.type != "btrfs") continue;
            any = true;
            if (is_subvolume(mount))
                used.push_back({mount.source + " on " + mount.mount_point,
                                "subvolume " + mount.root, "the top of the file system"});
        }
    if (storage.fstab)
        for (const auto& entry : storage.fstab->entries) {
            if (entry.type != "btrfs" || entry.is_bind()) continue;
            any = true;
            const auto named = options_name_subvolume(entry.option_value("subvol"),
                                                      entry.option_value("subvolid"));
            if (named.value_or(false))
                used.push_back(fstab_evidence(entry, "no subvol= or subvolid="));
            if (!named && entry.mount_point == "/" && !storage.mounts) root_is_open = true;
        }
    if (!any && !storage.mounts && !storage.fstab) return unknown(storage.fstab.error());
    if (!any) return not_applicable("no Btrfs file system is mounted");
    if (profile.btrfs_subvolumes) return pass("Btrfs subvolumes are not excluded by these rules");
    if (!used.empty()) {
        auto summary = "Btrfs subvolumes are in use: " + used.front().where;
        return fail(std::move(summary), std::move(used));
    }
    // SUSE sets the default subvolume inside the file system, where no file tells.
    if (root_is_open) return unknown("the default subvolume of / cannot be seen from a directory");
    return pass("Btrfs is mounted from its top everywhere");
}

}  // namespace

constinit const Check checks::no_btrfs_subvolumes{
    .id = "linux-btrfs-subvol",
    .title = "No Btrfs subvolumes are in use",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "Btrfs file systems are imported only without subvolumes.",
    .why =
        "The default layouts of SLES 12 and later, openSUSE and Fedora put / into a subvolume; the "
        "import does not find the system there.",
    .source = "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at = "subvol=, subvolid= and the root field of mounts; subvol= in /etc/fstab.",
    .import_error = "Unknown OS / Missing OS files",
    .remedy = "Move / to ext4 or XFS (or to the top of a Btrfs file system) before the import.",
    .evaluate = evaluate,
};

}  // namespace guestprep
