// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Shared disks are not exported with a machine.
// Why:         The cluster service waits for disks and partners that are not there.
// Source:      Inferred; AWS documents no shared disks.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return unknown(system.services.error());
    if (const auto* service = service_called(system, "ClusSvc");
        service != nullptr && starts_by_itself(*service))
        return fail("the guest is a node of a failover cluster",
                    {start_evidence(*service, "no such service, or manual")});
    const auto& targets = facts.of_windows().boot.iscsi_targets;
    if (!targets) return unknown(targets.error());
    if (!targets->empty())
        return fail("disks are reached by iSCSI at every start",
                    {{shown(targets->front()), "a persistent login", "none"}});
    if (const auto* service = service_called(system, "ClusSvc");
        service != nullptr && service->start_is_unread)
        return unknown(unread_start(*service));
    return pass("the guest is in no cluster and logs on to no iSCSI target");
}

}  // namespace

constinit const Check checks::uses_no_cluster_disks{
    .id = "win-cluster-or-iscsi",
    .title = "The guest is in no failover cluster",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Shared disks are not exported with a machine.",
    .why = "The cluster service waits for disks and partners that are not there.",
    .source = "Inferred; AWS documents no shared disks.",
    .looks_at = "The service ClusSvc.",
    .remedy = "Evict the node from the cluster before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
