// SPDX-License-Identifier: Apache-2.0
//
// Requirement: A GPT boot disk that AWS is to turn into an MBR has few primary partitions.
// Why:         An MBR has room for four.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html
#include "agent/facts/facts.h"
#include "agent/facts/windows_disks.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostOfRequirements = 4, kMostOfLimitations = 3;
constexpr Variant kVariants[] = {
    {"four", Severity::advice, "Four partitions, which one page allows and another does not"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto disks = boot_disks(facts.storage);
    if (!disks) return unknown(disks.error());
    for (const auto* disk : *disks) {
        if (!disk->unread.empty()) return unknown(disk->names.front() + ": " + disk->unread);
        if (disk->table != "gpt") continue;
        const auto count = partitions_of(facts.storage, *disk).size();
        const auto seen = std::to_string(count) + " partitions";
        if (count <= kMostOfLimitations) continue;
        auto finding = fail("the boot disk is a GPT with " + seen,
                            {{disk->names.front(), seen,
                              "at most " + std::to_string(kMostOfLimitations) +
                                  ", or --boot-mode uefi with the import"}});
        return count <= kMostOfRequirements ? std::move(finding).as("four") : finding;
    }
    for (const auto* disk : *disks)
        if (disk->table == "gpt") return pass("the boot disk has few partitions");
    return not_applicable("the boot disk has no GPT");
}

}  // namespace

constinit const Check checks::boot_disk_has_few_partitions{
    .id = "win-primary-partitions",
    .title = "A GPT boot disk has few partitions",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "A GPT boot disk that AWS is to turn into an MBR has few primary partitions: three by one "
        "page of the guide, four by another.",
    .why = "An MBR has room for four.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html; limitations "
        "of the same guide.",
    .looks_at = "The partition table of the disk with the system drive.",
    .import_effect =
        "AWS turns a GPT boot disk into an MBR where the image could start either way and no boot "
        "mode is passed.",
    .remedy = "Pass --boot-mode uefi with the import, so that the disk stays a GPT.",
    .evaluate = evaluate,
};

}  // namespace guestprep
