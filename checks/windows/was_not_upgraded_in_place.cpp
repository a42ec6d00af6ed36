// SPDX-License-Identifier: Apache-2.0
//
// Requirement: AWS's check of client images refuses systems that were upgraded.
// Why:         Sysprep refuses to run on some of them.
// Source:      AWS BYOL checks for Windows images.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& from = facts.of_windows().software.upgraded_from;
    if (!from) return unknown(from.error());
    if (from->empty()) return pass("no trace of an upgrade");
    return fail("Windows was upgraded in place",
                {{below(keys::kSetup, shown(from->front())), "there", ""}});
}

}  // namespace

constinit const Check checks::was_not_upgraded_in_place{
    .id = "win-inplace-upgrade",
    .title = "Windows was not upgraded in place",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement = "AWS's check of client images refuses systems that were upgraded.",
    .why = "Sysprep refuses to run on some of them.",
    .source = "AWS BYOL checks for Windows images.",
    .looks_at = "Subkeys \"Source OS\" below HKLM\\SYSTEM\\Setup.",
    .remedy = "Nothing to do, unless Sysprep is planned: rehearse it.",
    .evaluate = evaluate,
};

}  // namespace guestprep
