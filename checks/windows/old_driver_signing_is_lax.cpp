// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Drivers must install without anybody at the console.
// Why:         A question about the signature waits for ever.
// Source:      https://docs.aws.amazon.com/server-migration-service/latest/userguide/prereqs.html
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
    if (release->at_least(6, 0)) return not_applicable("concerns Server 2003");
    const auto& policy = windows.software.driver_signing;
    if (!policy) return unknown(policy.error());
    if (*policy == 0) return pass("unsigned drivers are installed without a question");
    return fail(
        "Windows asks before it installs an unsigned driver, or refuses it",
        {{R"(HKLM\SOFTWARE\Microsoft\Driver Signing\Policy)", std::to_string(*policy), "0"}});
}

}  // namespace

constinit const Check checks::old_driver_signing_is_lax{
    .id = "win-2003-driver-signing",
    .title = "Server 2003 asks nobody about unsigned drivers",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Drivers must install without anybody at the console.",
    .why = "A question about the signature waits for ever.",
    .source = "https://docs.aws.amazon.com/server-migration-service/latest/userguide/prereqs.html",
    .looks_at = "Policy below SOFTWARE\\Microsoft\\Driver Signing: 0 ignores.",
    .remedy =
        "System Properties, Hardware, Driver Signing: Ignore. The value is guarded and cannot be "
        "set by hand.",
    .evaluate = evaluate,
};

}  // namespace guestprep
