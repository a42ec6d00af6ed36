// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/grub_disks.h"

#include <algorithm>

namespace guestprep {

bool is_disk_of_this_hardware(std::string_view name) {
    return name.starts_with("/dev/disk/by-id/") || name.starts_with("/dev/disk/by-path/");
}

bool is_missing_disk(const StorageFacts& storage, const std::string& name) {
    if (!storage.devices || !name.starts_with("/dev/")) return false;
    return std::ranges::none_of(*storage.devices, [&](const BlockDevice& device) {
        return std::ranges::find(device.names, name) != device.names.end();
    });
}

}  // namespace guestprep
