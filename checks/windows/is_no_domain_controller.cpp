// SPDX-License-Identifier: Apache-2.0
//
// Requirement: A domain controller that is copied and started beside its original damages the
//              directory.
// Why:         Two controllers with one identity, or one set back in time, stop replicating.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-
//              troubleshooting.html
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& type = facts.of_windows().system.product_type;
    if (!type) return unknown(type.error());
    if (!equal_ignoring_case(*type, "LanmanNT")) return pass("the guest is no domain controller");
    return fail(
        "the guest is a domain controller",
        {{value_at(below(keys::kControl, "ProductOptions"), "ProductType"), *type, "ServerNT"}});
}

}  // namespace

constinit const Check checks::is_no_domain_controller{
    .id = "win-domain-controller",
    .title = "The guest is not a domain controller",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement =
        "A domain controller that is copied and started beside its original damages the directory.",
    .why = "Two controllers with one identity, or one set back in time, stop replicating.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "ProductType below Control\\ProductOptions.",
    .remedy =
        "Prefer a new controller in the VPC that replicates; else shut this one down for good "
        "before the import, and never run Sysprep on it.",
    .evaluate = evaluate,
};

}  // namespace guestprep
