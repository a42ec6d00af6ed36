// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the system has not reached the end of its life.
// Why:         AWS no longer tests the import of such systems and advises against it.
// Source:      present guide, Prerequisites, end-of-life systems.
#include <algorithm>

#include "agent/core/system_rules.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding judge_windows(const WindowsSystemFacts& system, const Profile& profile) {
    const auto release = release_of(system);
    if (!release) return unknown(release.error());
    if (release->id.empty())
        return unknown(release->title + " is no release that this program knows");
    if (std::ranges::find(profile.windows_end_of_life, release->id) ==
        profile.windows_end_of_life.end())
        return pass(release->title + " is not among the systems given up");
    return fail(release->title + " has reached the end of its life",
                {{std::string(keys::kCurrentVersion),
                  release->title + ", build " + std::to_string(release->build),
                  "a release that is maintained"}});
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    if (facts.platform == Platform::windows_guest)
        return profile.windows_end_of_life.empty()
                   ? not_applicable("the rules name no systems at the end of their life")
                   : judge_windows(facts.of_windows().system, profile);
    if (profile.linux_end_of_life.empty())
        return not_applicable("the rules name no systems at the end of their life");
    const auto& os = facts.os.distribution;
    if (!os) return unknown(os.error());
    const auto match = match_system(profile.linux_end_of_life, os->id, os->version, os->variant);
    const auto name = os->title.empty() ? os->id + " " + os->version : os->title;
    if (match.rule == nullptr) return pass(name + " is not among the systems given up");
    return fail(name + " has reached the end of its life",
                {{os->source, os->id + " " + os->version, "a release that is maintained"}});
}

}  // namespace

constinit const Check checks::system_is_maintained{
    .id = "os-eol-advice",
    .title = "The system's release is still maintained",
    .severity = Severity::warning,
    .requirement = "AWS strongly advises against importing systems past the end of their life.",
    .why =
        "Their import is no longer tested, and they get no security updates in the cloud "
        "either.",
    .source = "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at = "The release files, as for linux-os-supported; on Windows the build number.",
    .remedy = "Plan the upgrade; import it now only with a rehearsal and a way back.",
    .evaluate = evaluate,
};

}  // namespace guestprep
