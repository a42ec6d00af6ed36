// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The launch agent is installed by AWS.
// Why:         With EC2Launch v2 installed beforehand imports were reported to end in
//              FirstBootFailure.
// Source:      keithvassallomt/windows10-ec2 issue 6 (2023), a single report.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"win-sysprep-agent"};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return unknown(system.services.error());
    const auto* service = service_called(system, "Amazon EC2Launch");
    if (service != nullptr && is_enabled(*service))
        return fail("EC2Launch v2 is installed", {start_evidence(*service, "no such service")});
    if (service != nullptr && service->start_is_unread) return unknown(unread_start(*service));
    return pass("EC2Launch v2 is not installed");
}

}  // namespace

constinit const Check checks::has_no_launch_agent_v2{
    .id = "win-ec2launch-preinstalled",
    .covers = kCovers,
    .title = "EC2Launch v2 is not installed before the import",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "The launch agent is installed by AWS.",
    .why =
        "With EC2Launch v2 installed beforehand imports were reported to end in FirstBootFailure.",
    .source = "keithvassallomt/windows10-ec2 issue 6 (2023), a single report.",
    .looks_at = "The service \"Amazon EC2Launch\".",
    .remedy = "Uninstall EC2Launch v2 before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
