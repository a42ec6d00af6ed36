// SPDX-License-Identifier: Apache-2.0
//
// Requirement: AWS's check of client images wants updates to be off.
// Why:         Updates that start on the first boot in EC2 delay or break it.
// Source:      AWS BYOL checks for Windows images.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    const auto release = release_of(system);
    if (!release) return unknown(release.error());
    if (release->is_server) return not_applicable("concerns client systems");
    if (!system.services) return unknown(system.services.error());
    const auto* service = service_called(system, "wuauserv");
    if (service == nullptr || !service->start)
        return unknown("the service wuauserv, or its Start, is not in the registry");
    if (is_enabled(*service))
        return fail("Windows Update is on",
                    {start_evidence(*service, "disabled (4) until after the import")});
    return pass("Windows Update is off");
}

}  // namespace

constinit const Check checks::windows_update_is_off{
    .id = "win-updates-disabled",
    .title = "Windows Update does not run during the import",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement = "AWS's check of client images wants updates to be off.",
    .why = "Updates that start on the first boot in EC2 delay or break it.",
    .source = "AWS BYOL checks for Windows images.",
    .looks_at = "The Start value of wuauserv.",
    .remedy = "Disable the service for the time of the import, on client systems above all.",
    .evaluate = evaluate,
};

}  // namespace guestprep
