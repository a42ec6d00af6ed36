// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Somebody must be able to log on without the old network.
// Why:         Group policy of the domain can bring back static settings, the firewall and
//              antivirus.
// Source:      AWS MGN and BYOL readiness checks.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (const auto release = release_of(system); release && release->is_domain_controller)
        return not_applicable("this is a domain controller: see win-domain-controller");
    if (!system.services) return unknown(system.services.error());
    const auto* netlogon = service_called(system, "Netlogon");
    const bool is_member = netlogon != nullptr && starts_by_itself(*netlogon);
    if (!is_member) {
        if (netlogon == nullptr || !netlogon->start)
            return unknown("the service Netlogon is not in the registry");
        return pass("the guest is in no domain");
    }
    return fail("the guest is a member of " + (system.domain && !system.domain->empty()
                                                   ? "the domain " + shown(*system.domain)
                                                   : std::string("a domain")),
                {start_evidence(*netlogon, "")});
}

}  // namespace

constinit const Check checks::is_in_no_domain{
    .id = "win-domain-joined",
    .title = "The guest does not depend on a domain",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Somebody must be able to log on without the old network.",
    .why = "Group policy of the domain can bring back static settings, the firewall and antivirus.",
    .source = "AWS MGN and BYOL readiness checks.",
    .looks_at = "Domain below Tcpip\\Parameters and the service Netlogon.",
    .remedy =
        "Make sure that a domain controller can be reached from the VPC, and keep a local "
        "administrator.",
    .evaluate = evaluate,
};

}  // namespace guestprep
