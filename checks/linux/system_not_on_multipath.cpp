// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the system is not on a multipath device, and multipathd claims no plain disk.
// Why:         EC2's disks have one path and another ID: the map is not made.
// Source:      agent's own rule; multipath.conf(5).
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"data", Severity::advice, "Only data disks, or only the configuration, use multipath"},
};

bool is_map(const BlockDevice& device) { return device.mapper_uuid.starts_with("mpath-"); }

std::vector<Evidence> maps_below(const StorageFacts& storage) {
    std::vector<Evidence> out;
    for (const auto* directory : {"/", "/boot"})
        if (const auto device = device_of(storage, directory))
            for (const auto* below : devices_below(storage, **device))
                if (is_map(*below))
                    out.push_back({std::string(directory) + " on " + below->names.back(),
                                   "a multipath map", "a plain disk"});
    return out;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    if (auto maps = maps_below(storage); !maps.empty()) {
        auto summary = maps.front().where + " is " + maps.front().found;
        return fail(std::move(summary), std::move(maps));
    }
    std::vector<Evidence> others;
    if (storage.devices)
        for (const auto& device : *storage.devices)
            if (is_map(device))
                others.push_back({device.names.back(), "a multipath map", "a plain disk"});
    const auto& setting = facts.volume_managers.find_multipaths;
    // "no" takes every disk, with one path too; the other values do not.
    if (setting && setting->is_set() &&
        (setting->text.ends_with(" no") || setting->text.ends_with(" off")))
        others.push_back({setting->at, setting->text, "find_multipaths yes"});
    if (!others.empty()) {
        auto summary = "multipath is in use: " + others.front().where;
        return fail(std::move(summary), std::move(others)).as("data");
    }
    if (!storage.devices) {
        // Without devices a name in fstab may tell.
        const auto* root = fstab_entry_at(storage, "/");
        if (root != nullptr && root->kind == SpecKind::mapper &&
            root->spec.starts_with("/dev/mapper/mpath"))
            return fail("/ is on a multipath map", {fstab_evidence(*root, "a plain disk")});
        return unknown(storage.devices.error());
    }
    if (!device_of(storage, "/")) return unknown(device_of(storage, "/").error());
    if (!setting && !setting.is_absent()) return unknown(setting.error());
    return pass("multipath is not in use");
}

}  // namespace

constinit const Check checks::system_not_on_multipath{
    .id = "linux-multipath",
    .title = "The system is not on a multipath device",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "/ and /boot lie on plain disks, not on maps of device-mapper-multipath.",
    .why =
        "A map is made for disks whose IDs are listed on this machine. The instance's disks have "
        "others, and what is mounted by the map's name is not there.",
    .source = "multipath.conf(5)",
    .looks_at = "Device mapper devices with an ID of mpath; find_multipaths in multipath.conf.",
    .remedy =
        "Take the system's disk out of multipath (blacklist it in /etc/multipath.conf, or switch "
        "multipathd off), name mounts by UUID, and rebuild the initramfs.",
    .evaluate = evaluate,
};

}  // namespace guestprep
