// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_disks.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

const BlockDevice* named(const std::vector<BlockDevice>& devices, const std::string& name) {
    for (const auto& device : devices)
        for (const auto& one : device.names)
            if (equal_ignoring_case(one, name)) return &device;
    return nullptr;
}

}  // namespace

Result<const BlockDevice*> system_partition(const Facts& facts) {
    const auto& storage = facts.storage;
    if (!storage.devices) return std::unexpected(storage.devices.error());
    if (const auto& name = facts.of_windows().boot.system_partition; name && !name->empty())
        if (const auto* device = named(*storage.devices, *name)) return device;
    const auto disks = whole_disks(storage);
    if (!disks) return std::unexpected(disks.error());
    const bool is_uefi = facts.os.firmware && *facts.os.firmware == Firmware::uefi;
    const BlockDevice* found = nullptr;
    for (const auto* disk : *disks) {
        if (!disk->unread.empty())
            return failure(Errc::io, disk->kernel_name + ": " + disk->unread);
        for (const auto* part : partitions_of(storage, *disk)) {
            if (is_uefi ? !is_esp(*part) : !part->active) continue;
            if (found != nullptr)
                return failure(Errc::unsupported, "more than one partition could start Windows: " +
                                                      found->kernel_name + ", " +
                                                      part->kernel_name);
            found = part;
        }
    }
    if (found == nullptr)
        return failure(Errc::not_found, is_uefi ? "no disk has an EFI system partition"
                                                : "no disk has an active partition");
    return found;
}

bool is_dynamic(const BlockDevice& partition) {
    return partition.partition_type == "0x42" ||
           partition.partition_type == "5808c8aa-7e8f-42e0-85d2-e1e90434cfb3" ||
           partition.partition_type == "af9b60a0-1431-4f62-bc68-3311714a69ad";
}

bool is_dynamic_disk(const StorageFacts& storage, const BlockDevice& disk) {
    return std::ranges::any_of(partitions_of(storage, disk),
                               [](const BlockDevice* part) { return is_dynamic(*part); });
}

DeviceList partitions_of(const StorageFacts& storage, const BlockDevice& disk) {
    DeviceList parts;
    if (storage.devices)
        for (const auto& device : *storage.devices)
            if (device.kind == DeviceKind::partition && device.disk == disk.kernel_name)
                parts.push_back(&device);
    return parts;
}

}  // namespace guestprep
