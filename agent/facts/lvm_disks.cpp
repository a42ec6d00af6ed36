// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/lvm_disks.h"

#include "agent/core/text.h"
#include "agent/formats/lvm_filter.h"

namespace guestprep {
namespace {

/// Links that udev makes from what is on the disk: they move with it.
bool moves_along(const std::string& name) {
    return contains(name, "/by-partuuid/") || contains(name, "/by-partlabel/") ||
           contains(name, "/lvm-pv-uuid-") || contains(name, "/by-uuid/") ||
           contains(name, "/by-label/");
}

/// The names that the instance gives a physical volume on its first disk.
std::vector<std::string> new_names(const StorageFacts& storage, std::string_view disk,
                                   std::string_view part) {
    std::vector<std::string> names;
    if (!storage.devices) return {"/dev/" + std::string(disk) + std::string(part) + "2"};
    for (const auto& device : *storage.devices) {
        if (device.type != "LVM2_member") continue;
        auto name = "/dev/" + std::string(disk);
        if (device.partition_number != 0)
            name += std::string(part) + std::to_string(device.partition_number);
        names.push_back(std::move(name));
        for (const auto& link : device.names)
            if (moves_along(link)) names.push_back(link);
        break;
    }
    if (names.empty()) names.push_back("/dev/" + std::string(disk) + std::string(part) + "2");
    return names;
}

}  // namespace

Result<std::string> disks_hidden_by(const StorageFacts& storage,
                                    const std::vector<std::string>& patterns) {
    std::string hidden;
    const std::pair<std::string_view, std::string_view> disks[] = {{"xvda", ""}, {"nvme0n1", "p"}};
    for (const auto& [disk, part] : disks) {
        const auto admits = lvm_filter_admits(patterns, new_names(storage, disk, part));
        if (!admits) return std::unexpected(admits.error());
        if (!*admits) hidden += (hidden.empty() ? "" : " and ") + std::string(disk);
    }
    return hidden;
}

}  // namespace guestprep
