// SPDX-License-Identifier: Apache-2.0
//
// Requirement: .NET 3.5 or later up to Server 2008 and Windows 8, 4.5 or later afterwards.
// Why:         Helpers that run inside the image during the import need it.
// Source:      2018 document, Windows; https://docs.aws.amazon.com/server-migration-
//              service/latest/userguide/prereqs.html
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"win-booter-net"};
constexpr Variant kVariants[] = {
    {"old-system", Severity::blocker, "Server 2003 or 2008 without .NET 3.5 SP1"},
};
constexpr std::uint64_t kRelease45 = 378389;

Finding judge_45(const WindowsSoftwareFacts& software) {
    const auto& release = software.net4_release;
    if (!release && !release.is_absent()) return unknown(release.error());
    const auto where = value_at(below(keys::kNetFramework, "v4\\Full"), "Release");
    if (release && *release >= kRelease45)
        return pass(".NET Framework 4.5 or later is installed (" + std::to_string(*release) + ")");
    return fail(".NET Framework 4.5 is not installed",
                {{where, release ? std::to_string(*release) : "no such value",
                  std::to_string(kRelease45) + " or more"}});
}

Finding judge_35(const WindowsSoftwareFacts& software) {
    if (!software.net35 && !software.net35.is_absent()) return unknown(software.net35.error());
    for (const auto* value : {&software.net35_service_pack, &software.net4_release})
        if (!*value && !value->is_absent()) return unknown(value->error());
    if (software.net35 == 1U && software.net35_service_pack.value_or(0) >= 1)
        return pass(".NET Framework 3.5 SP1 is installed");
    if (software.net4_release.value_or(0) >= kRelease45)
        return pass(".NET Framework 4.5 or later is installed");
    const auto key = below(keys::kNetFramework, "v3.5");
    if (software.net35 == 1U)
        return fail(
            ".NET Framework 3.5 lacks Service Pack 1",
            {{value_at(key, "SP"), std::to_string(software.net35_service_pack.value_or(0)), "1"}});
    return fail(".NET Framework 3.5 is not installed", {{value_at(key, "Install"), "not 1", "1"}});
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto release = release_of(windows.system);
    if (!release) return unknown(release.error());
    const bool wants_45 = release->is_server ? release->at_least(6, 1) : release->at_least(6, 3);
    if (wants_45) return judge_45(windows.software);
    auto finding = judge_35(windows.software);
    if (finding.status == Status::fail && release->is_server)
        return std::move(finding).as("old-system");
    return finding;
}

}  // namespace

constinit const Check checks::net_framework_is_recent{
    .id = "win-dotnet",
    .covers = kCovers,
    .title = "The .NET Framework is recent enough",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = ".NET 3.5 or later up to Server 2008 and Windows 8, 4.5 or later afterwards.",
    .why = "Helpers that run inside the image during the import need it.",
    .source =
        "2018 document, Windows; "
        "https://docs.aws.amazon.com/server-migration-service/latest/userguide/prereqs.html",
    .looks_at = "NDP\\v3.5 Install and SP, NDP\\v4\\Full Release.",
    .import_effect = "AWS installs .NET Framework 4.5 or later where it is needed and possible.",
    .import_error =
        "The given S3 object could not be booted: Booter Networking failure/instance not "
        "reachable. Please retry after installation of .Net framework 3.5 SP1 or greater.",
    .remedy =
        "Install .NET Framework 4.5 or later; on Server 2003 and 2008 .NET Framework 3.5 SP1.",
    .evaluate = evaluate,
};

}  // namespace guestprep
