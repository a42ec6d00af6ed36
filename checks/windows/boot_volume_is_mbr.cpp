// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The 2018 rules allow MBR volumes only; the present ones GPT with UEFI too.
// Why:         An import under the old rules refused GPT.
// Source:      2018 document, Volume Types and File Systems; present guide, Limitations.
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"win-uefi-convert"};

Finding evaluate(const Facts& facts, const Profile& profile) {
    if (profile.gpt_boot_disk) return not_applicable("these rules allow MBR and GPT");
    if (const auto disks = boot_disks(facts.storage)) {
        for (const auto* disk : *disks) {
            if (!disk->unread.empty()) return unknown(disk->names.front() + ": " + disk->unread);
            if (disk->table == "gpt")
                return fail("the boot disk is partitioned with GPT",
                            {{disk->names.front(), "GPT", "MBR"}});
            if (disk->table != "dos")
                return unknown(disk->names.front() + " has no partition table");
        }
        return pass("the boot disk is partitioned with MBR");
    }
    const auto& style = facts.of_windows().boot.partition_style;
    if (!style) return unknown(style.error());
    // A GUID is what volumes of dynamic disks are called by too, also on an MBR: a BIOS starts
    // Windows from an MBR only.
    if (*style == "GPT" && !(facts.os.firmware && *facts.os.firmware == Firmware::uefi))
        return unknown("the system drive is named by a GUID: its disk is a GPT, or dynamic");
    if (*style == "GPT")
        return fail("the boot disk is partitioned with GPT",
                    {{value_at(keys::kMountedDevices, "\\DosDevices\\C:"), "a GPT partition",
                      "an MBR partition"}});
    return pass("the boot disk is partitioned with MBR");
}

}  // namespace

constinit const Check checks::boot_volume_is_mbr{
    .id = "win-partition-mbr",
    .covers = kCovers,
    .title = "The boot disk has a partition table that the rules allow",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement = "The 2018 rules allow MBR volumes only; the present ones GPT with UEFI too.",
    .why = "An import under the old rules refused GPT.",
    .source = "2018 document, Volume Types and File Systems; present guide, Limitations.",
    .looks_at =
        "How MountedDevices names the system drive: by disk signature (MBR) or by partition GUID "
        "(GPT); the partition table itself where disks can be seen.",
    .remedy = "Pass the boot mode that the guest uses with the import (guestprep import-plan).",
    .evaluate = evaluate,
};

}  // namespace guestprep
