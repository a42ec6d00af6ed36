// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Windows Server 2003 to 2025 in the Standard, Datacenter and (older) Enterprise
//              editions, and the named client editions; 64 bit today.
// Why:         An import task checks the version first and ends there.
// Source:      2018 document, Operating Systems; https://docs.aws.amazon.com/vm-
//              import/latest/userguide/prerequisites.html
#include <algorithm>

#include "agent/core/profile.h"
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {
    "win-os-2003", "win-os-2003r2", "win-os-2008", "win-os-2008r2",
    "win-os-2012", "win-os-2012r2", "win-os-2016", "win-os-1709",
    "win-os-1803", "win-os-7",      "win-os-8",    "win-os-81",
    "win-os-10",   "win-list-now",  "win-11-uefi", "win-optin-regions"};

/// "Service Pack 2" is 2; none is 0.
unsigned service_pack(const WindowsSystemFacts& system) {
    if (system.service_pack_number) return static_cast<unsigned>(*system.service_pack_number);
    if (!system.service_pack || system.service_pack->empty()) return 0;
    return static_cast<unsigned>(
        to_number(system.service_pack->substr(system.service_pack->size() - 1)).value_or(0));
}

Evidence seen(std::string_view key, std::string_view name, const std::string& found,
              std::string expected) {
    return {value_at(key, name), found, std::move(expected)};
}

Finding judge_rule(const WindowsRule& rule, const WindowsRelease& release,
                   const WindowsSystemFacts& system) {
    const auto architecture = release.architecture.empty() &&
                                      rule.architectures == std::vector<std::string>{"amd64"} &&
                                      release.is_server && release.at_least(6, 1)
                                  ? "amd64"
                                  : release.architecture;
    if (release.edition.empty())
        return unknown("the edition of " + release.title + " is not known: " +
                       (system.edition ? shown(*system.edition) : system.edition.error().message));
    if (std::ranges::find(rule.editions, release.edition) == rule.editions.end())
        return fail(
            release.title + " is the " + release.edition + " edition, which cannot be imported",
            {seen(keys::kCurrentVersion, "EditionID", system.edition.value_or(release.edition),
                  join(rule.editions, ", "))});
    if (!system.architecture && system.architecture.error().code == Errc::bad_syntax)
        return unknown(system.architecture.error());
    if (architecture.empty()) return unknown("32 or 64 bit? " + system.architecture.why());
    if (std::ranges::find(rule.architectures, architecture) == rule.architectures.end())
        return fail(
            release.title + " is a system for " + architecture + ", which cannot be imported",
            {seen(below(keys::kControl, "Session Manager\\Environment"), "PROCESSOR_ARCHITECTURE",
                  system.architecture.value_or(""), join(rule.architectures, ", "))});
    if (service_pack(system) < rule.least_service_pack)
        return fail(
            release.title + " lacks Service Pack " + std::to_string(rule.least_service_pack),
            {seen(keys::kCurrentVersion, "CSDVersion", system.service_pack.value_or("none"),
                  "Service Pack " + std::to_string(rule.least_service_pack) + " or later")});
    return pass(release.title + " (" + release.edition + ", " + architecture + ") is on the list");
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    if (profile.windows_systems.empty()) return not_applicable("the rules name no Windows systems");
    const auto& system = facts.of_windows().system;
    const auto release = release_of(system);
    if (!release) return unknown(release.error());
    if (release->build == 0) return unknown("the build is not known: " + system.build.why());
    const auto named = release->title + " (build " + std::to_string(release->build) + ")";
    const auto rule =
        std::ranges::find(profile.windows_systems, release->id, &WindowsRule::release);
    if (release->id.empty() || rule == profile.windows_systems.end())
        return fail(named + " is not on the list of systems that can be imported",
                    {seen(keys::kCurrentVersion, "CurrentBuild", std::to_string(release->build),
                          "a release of the list")});
    return judge_rule(*rule, *release, system);
}

}  // namespace

constinit const Check checks::windows_is_supported{
    .id = "win-os-supported",
    .covers = kCovers,
    .title = "Windows, its edition and its architecture are on the list",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement =
        "Windows Server 2003 to 2025 in the Standard, Datacenter and (older) Enterprise editions, "
        "and the named client editions; 64 bit today.",
    .why = "An import task checks the version first and ends there.",
    .source =
        "2018 document, Operating Systems; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "CurrentVersion, CurrentBuild, EditionID and CSDVersion below Windows NT\\CurrentVersion, "
        "ProductType and ProductSuite below Control\\ProductOptions, PROCESSOR_ARCHITECTURE.",
    .import_error = "ClientError: Unknown OS / Missing OS files.",
    .remedy =
        "Install the missing service pack, or migrate the workload to a release on the list: "
        "nothing in the guest makes another edition importable.",
    .evaluate = evaluate,
};

}  // namespace guestprep
