// SPDX-License-Identifier: Apache-2.0
//
// Requirement: One partition, and no second one, is marked active where the machine starts by BIOS.
// Why:         The import wants a single bootable partition; a BIOS starts the one that is marked.
// Source:      VM Import/Export troubleshooting; AWS BYOL checks.
#include "agent/facts/facts.h"
#include "agent/facts/windows_disks.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.os.firmware) return unknown(facts.os.firmware.error());
    if (*facts.os.firmware == Firmware::uefi)
        return not_applicable("UEFI starts from the EFI system partition");
    const auto disks = whole_disks(facts.storage);
    if (!disks) return unknown(disks.error());
    std::vector<Evidence> active;
    for (const auto* disk : *disks) {
        if (!disk->unread.empty()) return unknown(disk->names.front() + ": " + disk->unread);
        for (const auto* part : partitions_of(facts.storage, *disk))
            if (part->active)
                active.push_back({part->names.empty() ? part->kernel_name : part->names.front(),
                                  "active, on " + disk->kernel_name, "one active partition"});
    }
    if (disks->empty()) return unknown("no disk can be seen here");
    if (active.empty())
        return fail(
            "no partition is active, so that nothing would be started",
            {{disks->front()->names.front(), "no active partition", "one active partition"}});
    if (active.size() > 1) {
        auto summary = std::to_string(active.size()) + " partitions are active";
        return fail(std::move(summary), std::move(active));
    }
    return pass(active.front().where + " is the one active partition");
}

}  // namespace

constinit const Check checks::one_partition_is_active{
    .id = "win-multi-active",
    .title = "One partition is active",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement = "One partition, and no second one, is marked active where a BIOS starts it.",
    .why =
        "The import wants a single bootable partition; a BIOS starts the one that is marked, and "
        "on an instance the disks may stand in another order.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html; "
        "AWS BYOL checks.",
    .looks_at = "The active marks in the MBRs of all fixed disks.",
    .import_error = "No bootable partition found.",
    .remedy =
        "diskpart: select the partition that holds bootmgr (ntldr on Server 2003) and say active; "
        "say inactive to the others.",
    .evaluate = evaluate,
};

}  // namespace guestprep
