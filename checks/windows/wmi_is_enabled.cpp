// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Helpers of AWS ask WMI.
// Why:         They fail where the service is disabled.
// Source:      AWS MGN readiness checks.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return unknown(system.services.error());
    const auto* service = service_called(system, "Winmgmt");
    if (service == nullptr || !service->start)
        return unknown("the service Winmgmt, or its Start, is not in the registry");
    if (!is_enabled(*service))
        return fail("the service Winmgmt is disabled", {start_evidence(*service, "automatic (2)")});
    return pass("the service Winmgmt is enabled");
}

}  // namespace

constinit const Check checks::wmi_is_enabled{
    .id = "win-wmi-service",
    .title = "Windows Management Instrumentation can run",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Helpers of AWS ask WMI.",
    .why = "They fail where the service is disabled.",
    .source = "AWS MGN readiness checks.",
    .looks_at = "The Start value of the service Winmgmt.",
    .remedy = "Set the start type of Winmgmt to automatic.",
    .evaluate = evaluate,
};

}  // namespace guestprep
