// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the boot disk has an MBR partition table (2018), or MBR or GPT (now).
// Why:         the import finds the system by its partitions.
// Source:      2018 document, "Volume Types and File Systems" and Limitations.
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

std::string table_name(const std::string& table) {
    if (table == "dos") return "MBR";
    if (table == "gpt") return "GPT";
    return table.empty() ? "no partition table" : "partition table " + table;
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto disks = boot_disks(facts.storage);
    if (!disks) return unknown(disks.error());
    const std::string expected = profile.gpt_boot_disk ? "MBR or GPT" : "MBR";
    std::vector<Evidence> wrong;
    std::vector<Evidence> right;
    std::string unread;
    for (const auto* disk : *disks) {
        const auto where = disk->names.front();
        if (!disk->unread.empty()) {
            unread = where + ": " + disk->unread;
        } else if (disk->table == "dos" || (disk->table == "gpt" && profile.gpt_boot_disk)) {
            right.push_back({where, table_name(disk->table), ""});
        } else {
            wrong.push_back({where, table_name(disk->table), expected});
        }
    }
    if (!wrong.empty()) {
        auto summary = "the boot disk " + wrong.front().where + " has " + wrong.front().found;
        return fail(std::move(summary), std::move(wrong));
    }
    if (!unread.empty()) return unknown(unread);
    auto summary = "the boot disk has " + right.front().found;
    return pass(std::move(summary)).with(std::move(right));
}

}  // namespace

constinit const Check checks::boot_disk_partitioned_mbr{
    .id = "linux-partition-mbr",
    .title = "The boot disk's partition table is one that can be imported",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement =
        "Boot disks carry MBR partitions; GPT is accepted by the present service, not by the one "
        "of "
        "2018. A file system on the bare disk is not accepted.",
    .why = "Without a partition table that it knows the import finds no system on the disk.",
    .source = "2018 document, Volume Types and File Systems, Limitations; catalogue B.1",
    .looks_at = "The first sectors of the disks that hold / and /boot.",
    .import_error = "No valid partitions. Not a valid volume.",
    .remedy = "Move the system to a disk that is partitioned in the accepted way.",
    .evaluate = evaluate,
};

}  // namespace guestprep
