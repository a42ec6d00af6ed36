// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The system volume needs at least 6 GiB of free space.
// Why:         Drivers and .NET Framework are installed during the import.
// Source:      2018 document, Limitations; present guide, Limitations.
#include "agent/core/profile.h"
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto& space = facts.of_windows().boot.system_space;
    if (!space) return unknown(space.error());
    const auto free = space->free_bytes, wanted = profile.limits.windows_root_free_bytes;
    const auto where = system_drive(facts.of_windows().system);
    if (free >= wanted) return pass(size_text(free) + " are free on " + where);
    return fail("only " + size_text(free) + " are free on " + where,
                {{where, size_text(free), size_text(wanted) + " or more"}});
}

}  // namespace

constinit const Check checks::system_drive_has_space{
    .id = "win-free-space-6gib",
    .title = "The system drive has 6 GiB free",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement = "The system volume needs at least 6 GiB of free space.",
    .why = "Drivers and .NET Framework are installed during the import.",
    .source = "2018 document, Limitations; present guide, Limitations.",
    .looks_at = "The free space of the file system that holds Windows.",
    .remedy = "Free space on the system drive, or make it larger.",
    .evaluate = evaluate,
};

}  // namespace guestprep
