// SPDX-License-Identifier: Apache-2.0
//
// Requirement: boot loader, /boot and / are on one and the same disk.
// Why:         the instance starts from its first disk alone.
// Source:      2018 document, Limitations.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/windows_disks.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"linux-bootpart-other-disk",
                                        "win-system-partition-separate"};

bool share_a_disk(const DeviceList& a, const DeviceList& b) {
    return std::ranges::any_of(
        a, [&](const BlockDevice* disk) { return std::ranges::find(b, disk) != b.end(); });
}

Finding apart(const std::string& first, const DeviceList& first_disks, const std::string& second,
              const DeviceList& second_disks) {
    return fail(
        first + " is on " + names_of(first_disks) + ", " + second + " on " + names_of(second_disks),
        {{first, names_of(first_disks), "one disk for both"},
         {second, names_of(second_disks), "one disk for both"}});
}

/// The first sector of the disk with /boot holds the loader, or another disk's does.
Finding judge_mbr(const DeviceList& all, const DeviceList& boot) {
    DeviceList elsewhere;
    for (const auto* disk : all)
        if (!disk->boot_code.empty() && disk->boot_code != "unknown") elsewhere.push_back(disk);
    if (share_a_disk(elsewhere, boot))
        return pass("the boot loader, /boot and / are on " + names_of(boot));
    for (const auto* disk : boot)
        if (!disk->unread.empty() || disk->boot_code == "unknown")
            return unknown("the first sector of " + disk->names.front() + " could not be read" +
                           (disk->unread.empty() ? "" : ": " + disk->unread));
    if (elsewhere.empty()) return unknown("no disk has boot code in its first sector");
    return apart("the boot loader", elsewhere, "/boot", boot);
}

/// Windows keeps its loader in a partition that the firmware finds by a mark, not in the first
/// sector.
Finding judge_windows(const Facts& facts, const DeviceList& root) {
    const auto loader = system_partition(facts);
    if (!loader) return unknown(loader.error());
    const auto disks = disks_below(facts.storage, **loader);
    if (disks.empty()) return unknown("no disk is known below " + (*loader)->names.front());
    if (!share_a_disk(disks, root)) return apart("the boot loader", disks, "Windows", root);
    if (root.size() > 1)
        return fail("Windows lies on several disks: " + names_of(root),
                    {{"Windows", names_of(root), "one disk"}});
    return pass("the boot loader and Windows are on " + names_of(disks));
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    const auto root = disks_of(storage, "/");
    if (!root) return unknown(root.error());
    if (facts.platform == Platform::windows_guest) {
        const auto disks = whole_disks(storage);
        if (disks && disks->size() == 1) return pass("there is one disk only, " + names_of(*disks));
        return judge_windows(facts, *root);
    }
    const auto boot = disks_of(storage, "/boot");
    if (!boot) return unknown(boot.error());
    const auto all = whole_disks(storage);
    if (!all) return unknown(all.error());
    if (all->size() == 1) return pass("there is one disk only, " + names_of(*all));
    if (!share_a_disk(*root, *boot)) return apart("/", *root, "/boot", *boot);
    const auto esp = esp_directory(storage);
    if (!esp.empty() && facts.os.firmware && *facts.os.firmware == Firmware::uefi) {
        const auto loader = disks_of(storage, esp);
        if (!loader) return unknown(loader.error());
        if (!share_a_disk(*loader, *root)) return apart(esp, *loader, "/", *root);
        return pass("the EFI system partition, /boot and / are on " + names_of(*loader));
    }
    return judge_mbr(*all, *boot);
}

}  // namespace

constinit const Check checks::boots_from_one_disk{
    .id = "root-same-disk-as-mbr",
    .covers = kCovers,
    .title = "Boot loader, /boot and / are on the same disk",
    .severity = Severity::blocker,
    .requirement =
        "The root partition lies on the disk whose first sector (or EFI system partition) boots "
        "the "
        "machine.",
    .why =
        "The instance boots from one disk. What the loader needs from another may have another "
        "place "
        "there, and AWS looks for the system on the boot disk.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "The disks below /, /boot and the EFI system partition, through LVM and RAID; the boot "
        "code "
        "in each disk's first sector. On Windows the disk of the active or EFI system partition "
        "(Setup, SystemPartition) and the one of the system drive.",
    .remedy =
        "Move /boot to the disk of / and install GRUB on that disk (grub-install, or "
        "grub2-install).",
    .evaluate = evaluate,
};

}  // namespace guestprep
