// SPDX-License-Identifier: Apache-2.0
//
// Requirement: disks beside the boot disk are not larger than the import takes.
// Why:         larger images are refused.
// Source:      2018 document, Limitations; present guide, limitations.
#include <algorithm>

#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"image-limit", Severity::blocker, "Too large for import-image, not for import-snapshot"},
};

Finding evaluate(const Facts& facts, const Profile& profile) {
    auto disks = whole_disks(facts.storage);
    if (!disks) return unknown(disks.error());
    // Not known which is the boot disk: then the limits of data disks hold for it too.
    if (const auto boot = boot_disks(facts.storage))
        std::erase_if(*disks, [&](const BlockDevice* disk) {
            return std::ranges::find(*boot, disk) != boot->end();
        });
    if (disks->empty()) return not_applicable("there are no disks beside the boot disk");
    const auto& limits = profile.limits;
    std::vector<Evidence> too_large;
    bool by_any_route = false;
    for (const auto* disk : *disks) {
        if (disk->size <= limits.image_disk_bytes) continue;
        by_any_route = by_any_route || disk->size > limits.snapshot_disk_bytes;
        too_large.push_back({disk->names.front(), size_text(disk->size),
                             "at most " + size_text(limits.image_disk_bytes)});
    }
    if (too_large.empty()) return pass("no disk is over " + size_text(limits.image_disk_bytes));
    auto summary = too_large.front().where + " has " + too_large.front().found +
                   ", more than the import takes";
    return fail(std::move(summary), std::move(too_large)).as(by_any_route ? "" : "image-limit");
}

}  // namespace

constinit const Check checks::data_disk_size{
    .id = "data-disk-gpt-4tib",
    .title = "Data disks are within the size that can be imported",
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "Disks beside the boot disk may be GPT. They have at most 4 TiB by the rules of 2018; now "
        "less than 8 TiB through import-image, less than 16 TiB through import-snapshot.",
    .why = "Larger images are refused.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at = "Sizes of the disks that do not hold / or /boot.",
    .remedy = "Leave that disk out of the export and copy its data, or shrink it.",
    .evaluate = evaluate,
};

}  // namespace guestprep
