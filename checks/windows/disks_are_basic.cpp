// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The boot disk may not be a dynamic disk.
// Why:         Tools that edit an image know partitions, not the volumes of the Logical Disk
// Manager. Source:      Present guide, Requirements; AWS MGN requirements.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/windows_disks.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"gpt", Severity::warning, "The boot disk is dynamic and a GPT, which starts by UEFI only"},
    {"data", Severity::warning, "Only data disks are dynamic"},
};

/// Without disks the registry tells what kind of volume the system drive is.
Finding judge_by_registry(const Facts& facts) {
    const auto& boot = facts.of_windows().boot;
    if (!boot.partition_style) return unknown(facts.storage.devices.error());
    if (*boot.partition_style == "MBR") {
        if (boot.mounted_letters && boot.mounted_letters->size() == 1)
            return pass("the system drive is a partition of a basic disk");
        return unknown("the system drive is on a basic disk; the other disks cannot be seen here")
            .as("data");
    }
    const auto& version = facts.of_windows().system.version;
    // Before Vista only dynamic volumes were called by a GUID on these machines.
    if (version && version->starts_with("5."))
        return fail("the system drive is on a dynamic disk",
                    {{value_at(keys::kMountedDevices, "\\DosDevices\\C:"),
                      "a volume of the Logical Disk Manager", "a partition"}});
    return unknown(facts.storage.devices.error());
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    if (!storage.devices) return judge_by_registry(facts);
    const auto disks = whole_disks(storage);
    if (!disks) return unknown(disks.error());
    const auto boot = boot_disks(storage);
    std::vector<Evidence> data, unread;
    for (const auto* disk : *disks) {
        const bool is_boot = !boot || std::ranges::find(*boot, disk) != boot->end();
        if (!disk->unread.empty()) {
            unread.push_back({disk->names.front(), disk->unread, "a basic disk"});
            continue;
        }
        if (!is_dynamic_disk(storage, *disk)) continue;
        const auto where = disk->names.front();
        if (!is_boot) {
            data.push_back({where, "a dynamic disk", "a basic disk"});
            continue;
        }
        auto finding = fail("the boot disk " + disk->kernel_name + " is a dynamic disk",
                            {{where, "a dynamic disk", "a basic disk"}});
        return disk->table == "gpt" ? std::move(finding).as("gpt") : finding;
    }
    if (!unread.empty()) {
        auto summary = unread.front().where + ": " + unread.front().found;
        return unknown(std::move(summary)).with(std::move(unread));
    }
    if (!data.empty()) {
        auto summary = "a data disk is dynamic: " + data.front().where;
        return fail(std::move(summary), std::move(data)).as("data");
    }
    if (disks->empty()) return unknown("no disk can be seen here");
    return pass("no disk is dynamic");
}

}  // namespace

constinit const Check checks::disks_are_basic{
    .id = "win-dynamic-disk",
    .title = "The disks are basic disks",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "The boot disk may not be a dynamic disk.",
    .why =
        "Tools that edit an image know partitions, not the volumes of the Logical Disk Manager. A "
        "dynamic disk with a GPT can be started by UEFI at best.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html; AWS MGN "
        "requirements.",
    .looks_at =
        "Types in the partition tables: 0x42, and the two GUIDs of the Logical Disk Manager. "
        "Without "
        "disks how MountedDevices names the system drive.",
    .remedy =
        "Copy the system to a basic disk; data disks can be imported as snapshots and are dynamic "
        "there too.",
    .evaluate = evaluate,
};

}  // namespace guestprep
