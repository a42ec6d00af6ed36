// SPDX-License-Identifier: Apache-2.0
//
// Requirement: an MBR boot disk has an active partition.
// Why:         the import looks for it, though GRUB does not.
// Source:      VM Import/Export troubleshooting.
#include <algorithm>

#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto disks = boot_disks(facts.storage);
    if (!disks) return unknown(disks.error());
    std::vector<Evidence> without;
    for (const auto* disk : *disks) {
        if (!disk->unread.empty()) return unknown(disk->names.front() + ": " + disk->unread);
        if (disk->table != "dos") continue;
        const bool active = std::ranges::any_of(
            *facts.storage.devices,
            [&](const BlockDevice& part) { return part.disk == disk->kernel_name && part.active; });
        if (active) return pass(disk->names.front() + " has an active partition");
        without.push_back({disk->names.front(), "no active partition", "one active partition"});
    }
    if (without.empty()) return not_applicable("the boot disk has no MBR");
    auto summary = without.front().where + " has no active partition";
    return fail(std::move(summary), std::move(without));
}

}  // namespace

constinit const Check checks::boot_partition_is_active{
    .id = "no-bootable-partition",
    .title = "The MBR boot disk has an active partition",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "One partition of the boot disk is marked active.",
    .why = "GRUB starts without the mark; the import may take the disk for a data disk.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "The partition tables of the disks that hold / and /boot.",
    .import_error = "No bootable partition found.",
    .remedy = "Mark the partition that holds /boot as active: parted DISK set NUMBER boot on.",
    .evaluate = evaluate,
};

}  // namespace guestprep
