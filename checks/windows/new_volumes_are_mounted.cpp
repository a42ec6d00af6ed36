// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Windows should mount volumes that it has not seen before.
// Why:         The disks of the instance are new to Windows; without automount data volumes have
//              no letter.
// Source:      AWS BYOL checks for Windows images.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& off = facts.of_windows().boot.no_automount;
    if (off && *off != 0)
        return fail("new volumes are not mounted",
                    {{value_at(keys::kMountManager, "NoAutoMount"), std::to_string(*off), "0"}});
    if (!off && !off.is_absent()) return unknown(off.error());
    return pass("new volumes are mounted");
}

}  // namespace

constinit const Check checks::new_volumes_are_mounted{
    .id = "win-automount",
    .title = "New volumes get a drive letter",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Windows should mount volumes that it has not seen before.",
    .why =
        "The disks of the instance are new to Windows; without automount data volumes have no "
        "letter.",
    .source = "AWS BYOL checks for Windows images.",
    .looks_at = "NoAutoMount below Services\\mountmgr.",
    .remedy = "Set NoAutoMount to 0 (diskpart: automount enable).",
    .evaluate = evaluate,
};

}  // namespace guestprep
