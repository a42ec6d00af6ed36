// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the disks hold one Linux system.
// Why:         the import looks for /etc/fstab on every volume and stops where it finds two.
// Source:      VM Import/Export troubleshooting.
#include <algorithm>

#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kRootTypes[] = {"ext2",  "ext3", "ext4",    "xfs",
                                           "btrfs", "jfs",  "reiserfs"};

bool is_mounted(const StorageFacts& storage, const BlockDevice& device) {
    return storage.mounts && std::ranges::any_of(*storage.mounts, [&](const Mount& mount) {
               return mount.number == device.number ||
                      std::ranges::find(device.names, mount.source) != device.names.end();
           });
}

/// fstab names it, whatever the name; the same file system twice (a copy) is not named twice.
bool is_in_fstab(const StorageFacts& storage, const BlockDevice& device) {
    return std::ranges::any_of(storage.fstab->entries, [&](const FstabEntry& entry) {
        const auto devices = devices_named(storage, entry.spec);
        return devices.size() == 1 && devices.front() == &device;
    });
}

/// Another device is made of it: what is on it is seen there.
bool is_below_another(const StorageFacts& storage, const BlockDevice& device) {
    return std::ranges::any_of(*storage.devices, [&](const BlockDevice& other) {
        return std::ranges::find(other.slaves, device.kernel_name) != other.slaves.end();
    });
}

/// btrfs spreads over devices: one that is mounted accounts for all with its UUID.
bool is_part_of_mounted_btrfs(const StorageFacts& storage, const BlockDevice& device) {
    return device.type == "btrfs" &&
           std::ranges::any_of(*storage.devices, [&](const BlockDevice& other) {
               return other.uuid == device.uuid && is_mounted(storage, other);
           });
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    if (!storage.devices) return unknown(storage.devices.error());
    if (!storage.fstab) return unknown(storage.fstab.error());
    if (!storage.mounts) return unknown(storage.mounts.error());
    std::vector<Evidence> strays;
    std::string unread;
    for (const auto& device : *storage.devices) {
        if (!device.unread.empty() && device.kind == DeviceKind::partition && device.size != 0)
            unread = device.names.front() + ": " + device.unread;
        if (std::ranges::find(kRootTypes, device.type) == std::end(kRootTypes) ||
            device.removable || device.kind == DeviceKind::loop || is_mounted(storage, device) ||
            is_in_fstab(storage, device) || is_below_another(storage, device) ||
            is_part_of_mounted_btrfs(storage, device))
            continue;
        strays.push_back({device.names.back(),
                          device.type + " that nothing mounts, " + size_text(device.size),
                          "no second system on it"});
    }
    if (!strays.empty()) {
        auto summary = strays.front().where +
                       " holds a file system that nothing mounts: a second "
                       "system would stop the import";
        return fail(std::move(summary), std::move(strays));
    }
    if (!unread.empty()) return unknown(unread);
    return pass("every Linux file system is mounted or in /etc/fstab");
}

}  // namespace

constinit const Check checks::one_root_file_system{
    .id = "linux-multi-etc",
    .title = "The disks hold one Linux system",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "Only one volume of the import set holds /etc and /etc/fstab.",
    .why =
        "A copied root, an old system on another logical volume or a second installation: the "
        "import cannot tell which is meant.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "Linux file systems on the disks that are neither mounted nor named in /etc/fstab. They "
        "are not mounted to look inside.",
    .import_error = "Multiple directories found",
    .remedy =
        "Look what is on it (mount it read-only); detach the disk, remove the volume, or leave it "
        "out of the export where it holds a system.",
    .evaluate = evaluate,
};

}  // namespace guestprep
