// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/facts/grub_disks.h"
#include "agent/facts/kernel_arguments.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

bool is_stale(const StorageFacts& storage, const std::string& disk) {
    return is_disk_of_this_hardware(disk) || is_missing_disk(storage, disk);
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& disks = facts.first_boot.grub_disks;
    if (!disks) return std::unexpected(disks.error());
    ChangeSet set;
    for (const auto& disk : *disks) {
        if (!is_stale(facts.storage, disk.text)) continue;
        const GuestPath path(disk.at.substr(0, disk.at.rfind(':')));
        if (path.name() != "device.map") {
            set.notes.push_back(disk.at + " names " + disk.text +
                                ": run dpkg-reconfigure grub-pc on the instance");
            continue;
        }
        const auto* config = used_loader_config(facts.boot);
        if (config == nullptr || config->loader != LoaderKind::grub2)
            return failure(Errc::unsupported,
                           path.str() + " is left: only GRUB 2 is known to do without it");
        const auto source = facts.sources.find(path);
        if (source == facts.sources.end())
            return failure(Errc::unsupported, path.str() + ": its text is not known");
        FileEdit edit{.path = path, .before = source->second, .after = {}};
        const auto is_known = [&](const Change& known) {
            return std::get<FileEdit>(known).path == path;
        };
        if (std::ranges::none_of(set.changes, is_known)) set.changes.emplace_back(std::move(edit));
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::remove_device_map{
    .id = "linux-grub-device-map",
    .title = "Let GRUB 2 look for its disk itself",
    .platform = Platform::linux_guest,
    .kind = FixKind::safe,
    .changes =
        "Removes device.map of GRUB 2 where its first disk is named by this machine's hardware or "
        "is gone; GRUB then looks at the disks that are there.",
    .leaves = "GRUB legacy's device.map, which it needs; Debian's answers for the package grub-pc.",
    .plan = plan,
};

}  // namespace guestprep
