// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the volume group of / lies on one disk.
// Why:         with one of its disks missing the group is not activated.
// Source:      VM Import/Export troubleshooting.
#include <algorithm>

#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kLvm = "LVM-";
constexpr std::size_t kGroupId = kLvm.size() + 32;  // then the volume's own ID

bool is_lvm(const BlockDevice& device) { return device.mapper_uuid.starts_with(kLvm); }

/// The physical volumes below a logical one. Mirrors and thin pools are logical volumes too.
void add_physical(const StorageFacts& storage, const BlockDevice& volume, DeviceList& physical) {
    for (const auto* device : devices_below(storage, volume))
        for (const auto& slave : device->slaves) {
            const auto* below = device_called(storage, slave);
            if (is_lvm(*device) && below != nullptr && !is_lvm(*below) &&
                std::ranges::find(physical, below) == physical.end())
                physical.push_back(below);
        }
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    const auto root = device_of(storage, "/");
    if (!root) return unknown(root.error());
    const auto chain = devices_below(storage, **root);
    const auto lvm =
        std::ranges::find_if(chain, [](const BlockDevice* device) { return is_lvm(*device); });
    if (lvm == chain.end()) return not_applicable("/ is not on LVM");
    const auto group = (*lvm)->mapper_uuid.substr(0, kGroupId);
    DeviceList physical;
    for (const auto& device : *storage.devices)
        if (device.mapper_uuid.starts_with(group)) add_physical(storage, device, physical);
    DeviceList disks;
    for (const auto* volume : physical)
        for (const auto* disk : disks_below(storage, *volume))
            if (std::ranges::find(disks, disk) == disks.end()) disks.push_back(disk);
    if (disks.empty()) return unknown("the disks of the volume group cannot be told");
    if (physical.size() < 2 || disks.size() < 2)
        return pass("the volume group of / is on " + names_of(disks));
    return fail("the volume group of / spans several disks",
                {{(*lvm)->names.back(), names_of(disks), "one disk"}});
}

}  // namespace

constinit const Check checks::system_volume_group_on_one_disk{
    .id = "linux-lvm-span",
    .title = "The volume group of / lies on one disk",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement =
        "All physical volumes of the group that holds / are imported together; best there is one.",
    .why = "A group that lacks a physical volume is not activated, and the system not found.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "Device mapper devices of the same group and the disks below them, in /sys/block.",
    .import_error = "Logical volume group activation failed",
    .remedy =
        "Move the extents to the boot disk (pvmove), drop the other physical volume (vgreduce), or "
        "make sure that every one of these disks is exported and imported with the boot disk.",
    .evaluate = evaluate,
};

}  // namespace guestprep
