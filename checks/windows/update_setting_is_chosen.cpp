// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Choose the setting that you want.
// Why:         "Download, but let me choose" may take 50 to 99 % of the processor shortly after
//              the start.
// Source:      2018 document, Windows.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kDownloadAndAsk = 3;

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto& software = windows.software;
    if (software.updates_off_by_policy == 1U) return pass("automatic updates are off by policy");
    for (const auto* policy : {&software.updates_off_by_policy, &software.update_option_by_policy})
        if (!*policy && !policy->is_absent()) return unknown(policy->error());
    const bool by_policy = software.update_option_by_policy.has_value();
    const auto& option = by_policy ? software.update_option_by_policy : software.update_option;
    const auto where = value_at(by_policy ? keys::kUpdatePolicy : keys::kUpdate, "AUOptions");
    if (!option && !option.is_absent()) return unknown(option.error());
    if (option == kDownloadAndAsk)
        return fail("updates are downloaded and wait for somebody to choose",
                    {{where, "3", "1, 2 or 4"}});
    if (option) return pass("the setting is " + std::to_string(*option));
    const auto release = release_of(windows.system);
    if (release && release->at_least(10, 0))
        return pass("Windows updates itself, as it does by default");
    return fail("no setting was ever chosen", {{where, "no such value", "1, 2 or 4"}});
}

}  // namespace

constinit const Check checks::update_setting_is_chosen{
    .id = "win-update-setting",
    .title = "A Windows Update setting is chosen knowingly",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement = "Choose the setting that you want.",
    .why =
        "\"Download, but let me choose\" may take 50 to 99 % of the processor shortly after the "
        "start.",
    .source = "2018 document, Windows.",
    .looks_at = "NoAutoUpdate and AUOptions, from group policy first.",
    .remedy = "Choose never, notify or automatic in the settings of Windows Update.",
    .evaluate = evaluate,
};

}  // namespace guestprep
