// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Sysprep copies a profile and stops at a broken one.
// Why:         Keys ending in .bak are what Windows leaves of a profile that it could not load.
// Source:      EC2 User Guide for Windows, Sysprep.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& broken = facts.of_windows().boot.broken_profiles;
    if (!broken) return unknown(broken.error());
    std::vector<Evidence> seen;
    for (const auto& name : *broken)
        seen.push_back(
            {below(keys::kProfileList, name), "a profile that could not be loaded", "no such key"});
    if (!seen.empty()) return fail("a user profile is broken", std::move(seen));
    return pass("no profile is marked as broken");
}

}  // namespace

constinit const Check checks::profiles_are_whole{
    .id = "win-profile-corrupt",
    .title = "The list of user profiles is in order",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement = "Sysprep copies a profile and stops at a broken one.",
    .why = "Keys ending in .bak are what Windows leaves of a profile that it could not load.",
    .source = "EC2 User Guide for Windows, Sysprep.",
    .looks_at = "Keys of ProfileList that end in .bak.",
    .remedy = "Repair or remove the profile, if Sysprep is planned.",
    .evaluate = evaluate,
};

}  // namespace guestprep
