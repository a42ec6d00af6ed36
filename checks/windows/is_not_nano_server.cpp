// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Nano Server installations cannot be imported.
// Why:         The conversion needs parts of Windows that Nano Server does not have.
// Source:      2018 document, Operating Systems (note); https://docs.aws.amazon.com/vm-
//              import/latest/userguide/prerequisites.html
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    const auto release = release_of(system);
    if (release && !release->at_least(10, 0))
        return not_applicable("Nano Server came with Windows Server 2016");
    const auto& type = system.installation_type;
    if (type && equal_ignoring_case(*type, "Nano Server"))
        return fail("this is Nano Server", {{value_at(keys::kCurrentVersion, "InstallationType"),
                                             *type, "Server or Server Core"}});
    if (system.edition && contains(lowercase(*system.edition), "nano"))
        return fail("this is Nano Server", {{value_at(keys::kCurrentVersion, "EditionID"),
                                             *system.edition, "another edition"}});
    if (!type) return unknown(type.error());
    return pass("installed as " + shown(*type));
}

}  // namespace

constinit const Check checks::is_not_nano_server{
    .id = "win-nano-unsupported",
    .title = "Windows is not installed as Nano Server",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement = "Nano Server installations cannot be imported.",
    .why = "The conversion needs parts of Windows that Nano Server does not have.",
    .source =
        "2018 document, Operating Systems (note); "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at = "InstallationType and EditionID below Windows NT\\CurrentVersion.",
    .remedy = "Install the server anew with Server Core or Desktop Experience.",
    .evaluate = evaluate,
};

}  // namespace guestprep
