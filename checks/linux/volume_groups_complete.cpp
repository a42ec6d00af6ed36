// SPDX-License-Identifier: Apache-2.0
//
// Requirement: every physical volume of the system's volume group is there, and will be exported.
// Why:         a group that lacks one is not activated, and the system on it is not found.
// Source:      VM Import/Export troubleshooting.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"layered", Severity::warning, "The system is on a thin, cached, mirrored or RAID volume"},
    {"elsewhere", Severity::warning, "A volume group that does not hold the system is incomplete"},
};
constexpr std::string_view kLvm = "LVM-";
constexpr std::size_t kIdLength = 32;

bool is_lvm(const BlockDevice& device) { return device.mapper_uuid.starts_with(kLvm); }

/// What LVM puts below a volume that is not plain: pools, caches, legs of mirrors.
bool is_layer(const BlockDevice& device) {
    if (!is_lvm(device)) return false;
    if (device.mapper_uuid.size() > kLvm.size() + 2 * kIdLength) return true;
    return std::ranges::any_of(device.names, [](const std::string& name) {
        return contains(name, "_rimage_") || contains(name, "_mimage_") ||
               contains(name, "_tdata") || contains(name, "_cdata") || contains(name, "_corig");
    });
}

/// Devices below / and /boot.
DeviceList system_devices(const StorageFacts& storage) {
    DeviceList out;
    for (const auto* directory : {"/", "/boot"})
        if (const auto device = device_of(storage, directory))
            for (const auto* below : devices_below(storage, **device)) out.push_back(below);
    return out;
}

Finding judge_system(const DeviceList& system) {
    std::vector<Evidence> outside;
    std::vector<Evidence> layers;
    bool on_lvm = false;
    for (const auto* device : system) {
        on_lvm = on_lvm || is_lvm(*device);
        if (is_layer(*device))
            layers.push_back({device->names.back(), "a layer below the system's logical volume",
                              "a linear logical volume"});
        if (device->bus == "iscsi" || device->bus == "usb" || device->removable)
            outside.push_back({device->names.front(), device->bus + " disk, not exported",
                               "a disk that is exported with the machine"});
    }
    if (!on_lvm) return not_applicable("the system is not on LVM");
    if (!outside.empty()) {
        auto summary = "the system's volume group is partly on " + outside.front().where;
        return fail(std::move(summary), std::move(outside));
    }
    if (!layers.empty())
        return fail("the system is on a logical volume that is not linear", std::move(layers))
            .as("layered");
    return pass("the system's volume group is complete");
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    const auto& groups = facts.volume_managers.groups;
    if (!storage.devices) return unknown(storage.devices.error());
    const auto system = system_devices(storage);
    if (system.empty()) return unknown("the device of / is not known");
    std::vector<Evidence> partial;
    std::vector<Evidence> partial_elsewhere;
    if (groups)
        for (const auto& group : *groups) {
            if (!group.is_partial) continue;
            const bool holds_system = std::ranges::any_of(system, [&](const BlockDevice* device) {
                return device->mapper_uuid.starts_with(std::string(kLvm) + group.id);
            });
            (holds_system ? partial : partial_elsewhere)
                .push_back({"volume group " + group.name, "a physical volume is missing",
                            "all physical volumes"});
        }
    if (!partial.empty())
        return fail("the system's volume group lacks a physical volume", std::move(partial));
    auto finding = judge_system(system);
    if (finding.status == Status::fail) return finding;
    if (!partial_elsewhere.empty()) {
        auto summary = partial_elsewhere.front().where + " lacks a physical volume";
        return fail(std::move(summary), std::move(partial_elsewhere)).as("elsewhere");
    }
    if (finding.status == Status::pass && !groups) return unknown(groups.error());
    return finding;
}

}  // namespace

constinit const Check checks::volume_groups_complete{
    .id = "linux-lvm-incomplete",
    .title = "Volume groups have all their physical volumes",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "Every physical volume of the group that holds the system is there and is imported.",
    .why =
        "A group that lacks a physical volume is not activated. Pools, caches and LVM's RAID need "
        "tools and drivers that the import may not have.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "vgs; the device mapper's devices below / and /boot, and the disks below these.",
    .import_error = "Logical volume group activation failed",
    .remedy =
        "Bring the missing physical volume back, or take it out of the group (vgreduce "
        "--removemissing, after a backup); keep the system on linear volumes of exported disks.",
    .evaluate = evaluate,
};

}  // namespace guestprep
