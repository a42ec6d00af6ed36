// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The SAN policy should bring new disks online.
// Why:         Data disks are otherwise offline until somebody switches each on.
// Source:      General knowledge of Windows.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& policy = facts.of_windows().boot.san_policy;
    if (!policy && !policy.is_absent()) return unknown(policy.error());
    if (!policy || *policy == 1) return pass("disks come online");
    return fail("disks that are new stay offline", {{value_at(keys::kPartitionManager, "SanPolicy"),
                                                     std::to_string(*policy), "1 (online all)"}});
}

}  // namespace

constinit const Check checks::disks_come_online{
    .id = "win-san-policy",
    .title = "Data disks come online",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement = "The SAN policy should bring new disks online.",
    .why = "Data disks are otherwise offline until somebody switches each on.",
    .source = "General knowledge of Windows.",
    .looks_at = "SanPolicy below Services\\partmgr\\Parameters: 1 brings all online.",
    .remedy = "diskpart: san policy=OnlineAll",
    .evaluate = evaluate,
};

}  // namespace guestprep
