// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Apply the hotfix KB2800213.
// Why:         Without it the processor load is high while the clock changes to or from summer
//              time.
// Source:      2018 document, Windows (hotfixes); http://support.microsoft.com/kb/2800213
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto release = release_of(windows.system);
    if (!release) return unknown(release.error());
    if (release->major != 6 || release->minor > 1)
        return not_applicable("concerns Windows 7, Server 2008 and Server 2008 R2");
    const auto& hotfixes = windows.software.hotfixes;
    if (!hotfixes) return unknown(hotfixes.error());
    for (const std::string_view one : {"KB2800213", "KB3125574", "RollupFix"})
        if (std::ranges::find(*hotfixes, one) != hotfixes->end())
            return pass(std::string(one) + " is installed" +
                        (one == "KB2800213" ? "" : ", which is said to hold it"));
    return fail("KB2800213 is not installed",
                {{below(keys::kServicing, "Packages"), "no package for KB2800213",
                  "KB2800213, KB3125574 or a later rollup"}});
}

}  // namespace

constinit const Check checks::has_summer_time_hotfix{
    .id = "win-hotfix-2800213",
    .title = "Hotfix 2800213 for the change to summer time is installed",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Apply the hotfix KB2800213.",
    .why = "Without it the processor load is high while the clock changes to or from summer time.",
    .source = "2018 document, Windows (hotfixes); http://support.microsoft.com/kb/2800213",
    .looks_at = "Packages below Component Based Servicing with the state installed.",
    .remedy = "Install KB2800213, or the convenience rollup KB3125574.",
    .evaluate = evaluate,
};

}  // namespace guestprep
