// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the boot disk is at most 2 TiB with an MBR, and not larger than the import takes.
// Why:         an MBR cannot address more; larger images are refused.
// Source:      2018 document, Limitations; present guide, limitations.
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"disk-size-limits"};
constexpr Variant kVariants[] = {
    {"image-limit", Severity::blocker, "Too large for import-image, not for import-snapshot"},
};

Finding too_large(const BlockDevice& disk, std::uint64_t limit, std::string_view of) {
    return fail("the boot disk " + disk.kernel_name + " has " + size_text(disk.size) +
                    ", over the " + size_text(limit) + " of " + std::string(of),
                {{disk.names.front(), size_text(disk.size), "at most " + size_text(limit)}});
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto disks = boot_disks(facts.storage);
    if (!disks) return unknown(disks.error());
    const auto& limits = profile.limits;
    std::vector<Evidence> fine;
    for (const auto* disk : *disks) {
        if (disk->size > limits.boot_disk_mbr_bytes && !disk->unread.empty())
            return unknown(disk->names.front() + " has " + size_text(disk->size) +
                           "; whether its table is an MBR cannot be read: " + disk->unread);
        const bool may_be_gpt = disk->table == "gpt" && profile.gpt_boot_disk;
        if (disk->size > limits.boot_disk_mbr_bytes && !may_be_gpt)
            return too_large(*disk, limits.boot_disk_mbr_bytes, "a boot disk with an MBR");
        if (disk->size > limits.snapshot_disk_bytes)
            return too_large(*disk, limits.snapshot_disk_bytes, "any import");
        if (disk->size > limits.image_disk_bytes)
            return too_large(*disk, limits.image_disk_bytes, "import-image").as("image-limit");
        fine.push_back({disk->names.front(), size_text(disk->size), ""});
    }
    return pass("the boot disk has " + fine.front().found).with(std::move(fine));
}

}  // namespace

constinit const Check checks::boot_disk_size{
    .id = "boot-disk-mbr-2tib",
    .covers = kCovers,
    .title = "The boot disk is within the size that can be imported",
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "A boot disk with an MBR has at most 2 TiB. Disks of more than 8 TiB go through "
        "import-snapshot only, those of 16 TiB and more not at all.",
    .why = "An MBR addresses 2 TiB, and larger images are refused.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at = "Size and partition table of the disks that hold / and /boot.",
    .remedy = "Shrink the boot disk, or move data from it to disks of their own.",
    .evaluate = evaluate,
};

}  // namespace guestprep
