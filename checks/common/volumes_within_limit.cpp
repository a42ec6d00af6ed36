// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the machine has no more disks than an import takes.
// Why:         the task fails.
// Source:      2018 document, Limitations (22); present guide (21).
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto disks = whole_disks(facts.storage);
    if (!disks) return unknown(disks.error());
    if (disks->empty()) return unknown("no disk can be seen here");
    const auto limit = std::to_string(profile.limits.volumes);
    auto summary = std::to_string(disks->size()) + (disks->size() == 1 ? " disk" : " disks") +
                   ", at most " + limit + " can be imported";
    if (disks->size() <= profile.limits.volumes) return pass(std::move(summary));
    return fail(
        std::move(summary),
        {{"disks", std::to_string(disks->size()) + ": " + names_of(*disks), "at most " + limit}});
}

}  // namespace

constinit const Check checks::volumes_within_limit{
    .id = "volume-count",
    .title = "The machine has no more disks than an import takes",
    .severity = Severity::blocker,
    .requirement = "At most 22 disks by the rules of 2018, 21 now.",
    .why = "The import task fails for machines with more.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "Whole disks in /sys/block, without removable, USB, iSCSI and optical ones; the paths of a "
        "multipath disk count once.",
    .remedy = "Detach the surplus disks and import each with import-snapshot.",
    .evaluate = evaluate,
};

}  // namespace guestprep
