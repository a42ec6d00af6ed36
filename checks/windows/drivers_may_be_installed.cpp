// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The drivers of AWS are installed unattended.
// Why:         A policy that denies the installation of devices leaves the instance without
//              network.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-
//              troubleshooting.html
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& denied = facts.of_windows().software.deny_device_installation;
    if (!denied) return unknown(denied.error());
    std::vector<Evidence> seen;
    for (const auto& name : *denied)
        seen.push_back({value_at(keys::kDeviceRestrictions, name), "set", "0"});
    if (!seen.empty())
        return fail("group policy denies the installation of devices", std::move(seen));
    const auto& control = facts.of_windows().software.application_control;
    if (!control) return unknown(control.error());
    for (const auto& key : *control)
        seen.push_back({key, "enforced", "not enforced until after the import"});
    if (!seen.empty())
        return fail("a policy decides which programs and installers may run", std::move(seen));
    return pass("no policy denies the installation of devices");
}

}  // namespace

constinit const Check checks::drivers_may_be_installed{
    .id = "win-hardening",
    .title = "No policy stops new drivers",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "The drivers of AWS are installed unattended.",
    .why = "A policy that denies the installation of devices leaves the instance without network.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "Values Deny* below DeviceInstall\\Restrictions; AppLocker's enforced collections; the "
        "default level of software restriction; CodeIntegrity\\SIPolicy.p7b and policies in "
        "CiPolicies\\Active that do not come with Windows.",
    .remedy =
        "Take the policy off until after the import, or make sure that it admits drivers and "
        "installers that Amazon has signed.",
    .evaluate = evaluate,
};

}  // namespace guestprep
