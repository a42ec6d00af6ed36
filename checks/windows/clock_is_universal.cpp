// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Set the RealTimeIsUniversal registry key.
// Why:         The clock of an instance runs in UTC; Windows otherwise takes it for local time
//              and is wrong by hours after every start.
// Source:      2018 document, Windows; https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-
//              time.html
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    const auto& universal = system.real_time_is_universal;
    if (universal && *universal != 0) return pass("RealTimeIsUniversal is set");
    if (!universal && !universal.is_absent()) return unknown(universal.error());
    if (const auto release = release_of(system); release && !release->at_least(6, 0))
        return not_applicable("concerns Server 2008 and later");
    return fail("Windows takes the hardware clock for local time",
                {{value_at(keys::kTimeZone, "RealTimeIsUniversal"),
                  universal ? "0" : "no such value", "1 (DWORD)"}});
}

}  // namespace

constinit const Check checks::clock_is_universal{
    .id = "win-rtc-universal",
    .title = "The hardware clock is taken for universal time",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Set the RealTimeIsUniversal registry key.",
    .why =
        "The clock of an instance runs in UTC; Windows otherwise takes it for local time and is "
        "wrong by hours after every start.",
    .source =
        "2018 document, Windows; https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/set-time.html",
    .looks_at = "RealTimeIsUniversal below Control\\TimeZoneInformation.",
    .remedy =
        "Set it to 1 as the last step before the export: the clock of the source jumps at its next "
        "start.",
    .evaluate = evaluate,
};

}  // namespace guestprep
