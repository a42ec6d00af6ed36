// SPDX-License-Identifier: Apache-2.0
//
// Requirement: all volumes to import carry a file system of the list.
// Why:         the import does not know others; data on them may not be usable on EC2.
// Source:      2018 document, "Volume Types and File Systems".
#include <algorithm>

#include "agent/core/profile.h"
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/volumes.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"data", Severity::warning, "Only volumes that the system can boot without are concerned"},
};
constexpr std::string_view kSystem[] = {"/", "/boot", "/usr", "/var"};

bool is_esp_volume(const Volume& volume, const std::string& esp) {
    return (volume.type == "vfat" || volume.type == "msdos") &&
           ((!esp.empty() && volume.directory == esp) ||
            (volume.device != nullptr && is_esp(*volume.device)));
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto& storage = facts.storage;
    const auto esp = esp_directory(storage);
    std::vector<Evidence> refused;
    std::vector<std::string> undetermined;
    bool system_refused = false;
    bool root_seen = false;
    for (const auto& volume : volumes_of(storage)) {
        root_seen = root_seen || volume.directory == "/";
        if (volume.type.empty() || volume.type == "auto") {
            undetermined.push_back(volume.where);
            continue;
        }
        const auto& known = profile.linux_file_systems;
        if (std::ranges::find(known, volume.type) != known.end() || is_esp_volume(volume, esp))
            continue;
        system_refused =
            system_refused || std::ranges::find(kSystem, volume.directory) != std::end(kSystem);
        Evidence evidence{volume.where, volume.type, join(known, ", ")};
        if (std::ranges::find(refused, evidence) == refused.end())
            refused.push_back(std::move(evidence));
    }
    if (system_refused || (!refused.empty() && root_seen && undetermined.empty())) {
        auto summary = refused.front().where + " is " + refused.front().found +
                       ", which the import does not support";
        return fail(std::move(summary), std::move(refused)).as(system_refused ? "" : "data");
    }
    if (!root_seen) return unknown("which file system / lies on cannot be told");
    if (!undetermined.empty())
        return unknown("the file system of " + undetermined.front() + " cannot be told");
    return pass("all file systems on disks can be imported");
}

}  // namespace

constinit const Check checks::file_systems_supported{
    .id = "linux-fs-supported",
    .title = "File systems on the disks are of the supported kinds",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "Volumes to import are formatted as ext2, ext3, ext4, Btrfs, JFS or XFS.",
    .why = "The import cannot mount other file systems: the system's own must be editable.",
    .source =
        "2018 document, Volume Types and File Systems; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "Mounted file systems, lines of /etc/fstab, and superblocks of partitions that are not "
        "mounted. The EFI system partition may be FAT.",
    .remedy = "Move the data to ext4 or XFS, or leave that disk out of the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
