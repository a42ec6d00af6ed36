// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Windows must be licensed; AWS or your own licence is applied.
// Why:         An evaluation ends, and the activation step of the first boot can fail.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-
//              troubleshooting.html
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"lic-win-server-aws-or-byol"};
constexpr Variant kVariants[] = {
    {"preview", Severity::blocker, "A preview or beta"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.product_name) return unknown(system.product_name.error());
    const auto name = lowercase(*system.product_name);
    const auto where = value_at(keys::kCurrentVersion, "ProductName");
    if (contains(name, "preview") || contains(name, "beta"))
        return fail(shown(*system.product_name) + " is a preview",
                    {{where, shown(*system.product_name), "a released product"}})
            .as("preview");
    if (contains(name, "evaluation") || (system.edition && contains(*system.edition, "Eval")))
        return fail(
            shown(*system.product_name) + " is an evaluation",
            {{where, shown(*system.product_name) + ", " + shown(system.edition.value_or("")),
              "a licensed edition"}});
    if (!system.edition && !system.edition.is_absent()) return unknown(system.edition.error());
    return pass(shown(*system.product_name) + " is no evaluation");
}

}  // namespace

constinit const Check checks::is_no_evaluation{
    .id = "win-activation",
    .covers = kCovers,
    .title = "Windows is neither an evaluation nor a preview",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "Windows must be licensed; AWS or your own licence is applied.",
    .why = "An evaluation ends, and the activation step of the first boot can fail.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "ProductName and EditionID.",
    .remedy =
        "Convert the evaluation to a full edition (DISM /online /Set-Edition) before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
