// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Changes must last over a restart.
// Why:         With a write filter every change, those of the import too, is gone at the next
//              start.
// Source:      General knowledge of Windows Embedded.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kFilters[] = {"uwfvol", "uwfrtl", "uwfs", "fbwf", "ewf"};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return unknown(system.services.error());
    std::vector<Evidence> seen;
    for (const auto name : kFilters)
        if (const auto* service = service_called(system, name);
            service != nullptr && service->start == 0U)
            seen.push_back(start_evidence(*service, "disabled (4), or no such service"));
    if (!seen.empty()) return fail("a write filter starts with the system", std::move(seen));
    if (const auto* service = unread_among(system, kFilters))
        return unknown(unread_start(*service));
    return pass("there is no write filter");
}

}  // namespace

constinit const Check checks::writes_are_kept{
    .id = "win-write-filter",
    .title = "No filter throws writes away",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement = "Changes must last over a restart.",
    .why = "With a write filter every change, those of the import too, is gone at the next start.",
    .source = "General knowledge of Windows Embedded.",
    .looks_at = "The services uwfvol, uwfrtl, fbwf and ewf.",
    .remedy = "Switch the filter off (uwfmgr filter disable) and restart before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
