// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The driver packages for EC2 need PowerShell 3.0 or later.
// Why:         Without it they cannot be installed by their own scripts.
// Source:      EC2 User Guide for Windows, paravirtual and ENA drivers.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"win-ps-version"};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& version = facts.of_windows().software.powershell;
    const auto key = below(keys::kPowerShell, "3\\PowerShellEngine");
    if (version.is_absent())
        return fail("PowerShell is not installed",
                    {{value_at(key, "PowerShellVersion"), "no such value", "3.0 or later"}});
    if (!version) return unknown(version.error());
    const auto major = to_number(version->substr(0, version->find('.')));
    if (!major) return unknown("PowerShellVersion is \"" + shown(*version) + "\"");
    if (*major >= 3) return pass("PowerShell " + shown(*version));
    return fail("PowerShell is " + shown(*version),
                {{value_at(below(keys::kPowerShell, "1\\PowerShellEngine"), "PowerShellVersion"),
                  shown(*version), "3.0 or later"}});
}

}  // namespace

constinit const Check checks::powershell_is_recent{
    .id = "win-powershell",
    .covers = kCovers,
    .title = "PowerShell is 3.0 or later",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement = "The driver packages for EC2 need PowerShell 3.0 or later.",
    .why = "Without it they cannot be installed by their own scripts.",
    .source = "EC2 User Guide for Windows, paravirtual and ENA drivers.",
    .looks_at = "PowerShellVersion below PowerShell\\3 and PowerShell\\1.",
    .remedy = "Install the Windows Management Framework 3.0 or later that fits this release.",
    .evaluate = evaluate,
};

}  // namespace guestprep
