// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/volumes.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

bool is_on_disk(const StorageFacts& storage, const Mount& mount) {
    if (mount.number.starts_with("0:") && mount.type != "btrfs" && mount.type != "zfs")
        return false;
    // Discs, and the images that snaps and live systems loop-mount, are not volumes.
    if (mount.type == "iso9660" || mount.type == "udf" || mount.type == "squashfs") return false;
    const auto named = devices_named(storage, mount.source);
    if (named.size() == 1 && named.front()->kind == DeviceKind::loop) return false;
    return mount.source.starts_with("/dev/") || mount.type == "zfs";
}

bool is_on_disk(const FstabEntry& entry) {
    // Whatever they lie on: "/dev/zram0" is of no kind that is known by its name.
    if (entry.is_swap() || entry.is_optical() || entry.is_bind()) return false;
    switch (entry.kind) {
        case SpecKind::network:
        case SpecKind::pseudo:
        case SpecKind::file:
        case SpecKind::optical:
            return false;
        case SpecKind::other:
            return entry.type == "zfs" || entry.spec.starts_with("/dev/");
        default:
            return true;
    }
}

}  // namespace

std::vector<Volume> volumes_of(const StorageFacts& storage) {
    std::vector<Volume> volumes;
    const auto add = [&](std::string directory, std::string type, std::string where,
                         std::string_view source) {
        const auto named = devices_named(storage, source);
        const auto* device = named.size() == 1 ? named.front() : nullptr;
        if (type == "auto" && device != nullptr) type = device->type;
        volumes.push_back({std::move(directory), std::move(type), std::move(where), device});
    };
    if (storage.mounts)
        for (const auto& mount : *storage.mounts)
            if (is_on_disk(storage, mount))
                add(mount.mount_point, mount.type, mount.source + " on " + mount.mount_point,
                    mount.source);
    if (storage.fstab)
        for (const auto& entry : storage.fstab->entries)
            if (is_on_disk(entry) && mount_at(storage, entry.mount_point) == nullptr)
                add(entry.mount_point, entry.type, at_line("/etc/fstab", entry.line), entry.spec);
    if (storage.devices)
        for (const auto& device : *storage.devices)
            if (device.usage == "filesystem" && !device.removable &&
                (device.kind == DeviceKind::partition || device.kind == DeviceKind::disk ||
                 device.kind == DeviceKind::mapper || device.kind == DeviceKind::md) &&
                std::ranges::find(volumes, &device, &Volume::device) == volumes.end())
                volumes.push_back({"", device.type, device.names.front(), &device});
    return volumes;
}

}  // namespace guestprep
