// SPDX-License-Identifier: Apache-2.0
//
// Requirement: / and /boot are not on software RAID over several disks.
// Why:         the instance boots from one disk; an array without its members does not start.
// Source:      AWS Application Migration Service, requirements (boot disk on one physical disk).
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"one-disk", Severity::warning, "The array lies on one disk only"},
};
constexpr std::string_view kDirectories[] = {"/", "/boot"};

/// Without devices fstab may tell that it is an array, not over how many disks.
Finding judge_by_fstab(const StorageFacts& storage) {
    for (const auto directory : kDirectories)
        if (const auto* entry = fstab_entry_at(storage, directory);
            entry != nullptr && entry->kind == SpecKind::md)
            return unknown(std::string(directory) +
                           " is on software RAID; its members cannot be seen here")
                .with({fstab_evidence(*entry, "")});
    return unknown(storage.devices.error());
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    if (!storage.devices) return judge_by_fstab(storage);
    std::vector<Evidence> arrays;
    bool several = false;
    for (const auto directory : kDirectories) {
        const auto device = device_of(storage, directory);
        if (!device) return unknown(device.error());
        for (const auto* part : devices_below(storage, **device)) {
            if (part->kind != DeviceKind::md) continue;
            const auto disks = disks_below(storage, *part);
            several = several || disks.size() > 1;
            arrays.push_back({std::string(directory) + " on " + part->names.front(),
                              "software RAID over " + names_of(disks), "a plain partition or LVM"});
        }
    }
    if (arrays.empty()) return pass("/ and /boot are not on software RAID");
    auto summary = arrays.front().where + " is " + arrays.front().found;
    return fail(std::move(summary), std::move(arrays)).as(several ? "" : "one-disk");
}

}  // namespace

constinit const Check checks::system_not_on_software_raid{
    .id = "linux-mdraid",
    .title = "/ and /boot are not on software RAID",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "The system lies on one disk, without an md array below / or /boot.",
    .why = "The import looks for the system on the boot disk and does not assemble arrays.",
    .source = "https://docs.aws.amazon.com/mgn/latest/ug/installation-requirements.html",
    .looks_at = "What the devices of / and /boot are made of, in /sys/block.",
    .remedy =
        "Move the system to one plain disk: EBS volumes are replicated below, a mirror adds "
        "nothing.",
    .evaluate = evaluate,
};

}  // namespace guestprep
