// SPDX-License-Identifier: Apache-2.0
//
// Requirement: A device identity belongs to one machine.
// Why:         After the import two machines share it, or it is lost.
// Source:      AWS BYOL checks for Windows images.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& joins = facts.of_windows().access.cloud_joins;
    if (joins.is_absent() || (joins && joins->empty()))
        return pass("not joined to a cloud directory");
    if (!joins) return unknown(joins.error());
    return fail("the guest is joined to a cloud directory",
                {{below(keys::kControl, "CloudDomainJoin\\JoinInfo"),
                  std::to_string(joins->size()) + " join", "none"}});
}

}  // namespace

constinit const Check checks::is_in_no_cloud_directory{
    .id = "win-aad-joined",
    .title = "The guest is not joined to a cloud directory",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "A device identity belongs to one machine.",
    .why = "After the import two machines share it, or it is lost.",
    .source = "AWS BYOL checks for Windows images.",
    .looks_at = "Subkeys of Control\\CloudDomainJoin\\JoinInfo.",
    .remedy = "dsregcmd /leave before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
