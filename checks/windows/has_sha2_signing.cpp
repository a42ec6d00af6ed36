// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Apply the hotfix KB4474419.
// Why:         The drivers for EC2 are signed with SHA-2; without the update Windows refuses to
//              load them.
// Source:      EC2 User Guide for Windows, drivers; Microsoft advisory 4474419
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
    for (const std::string_view one : {"KB4474419", "KB3033929", "RollupFix"})
        if (std::ranges::find(*hotfixes, one) != hotfixes->end())
            return pass(std::string(one) + " is installed" +
                        (one == "KB4474419" ? "" : ", which is said to hold it"));
    return fail("KB4474419 is not installed",
                {{below(keys::kServicing, "Packages"), "no package for KB4474419",
                  "KB4474419, KB3033929 or a later rollup"}});
}

}  // namespace

constinit const Check checks::has_sha2_signing{
    .id = "win-sha2-signing",
    .title = "Windows accepts drivers that are signed with SHA-2",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Apply the hotfix KB4474419.",
    .why =
        "The drivers for EC2 are signed with SHA-2; without the update Windows refuses to load "
        "them.",
    .source = "EC2 User Guide for Windows, drivers; Microsoft advisory 4474419",
    .looks_at = "Packages below Component Based Servicing with the state installed.",
    .remedy = "Install KB4474419, or the convenience rollup KB3125574.",
    .evaluate = evaluate,
};

}  // namespace guestprep
