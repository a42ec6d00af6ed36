// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the distribution and its release are on AWS's list.
// Why:         the import task reads the release files and stops at what it does not know.
// Source:      2018 document, Operating Systems; present guide, Supported operating systems.
#include "agent/core/system_rules.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"linux-os-ubuntu", "linux-os-rhel",     "linux-os-centos",
                                        "linux-os-oracle", "linux-os-sles",     "linux-os-debian",
                                        "linux-os-fedora", "linux-kernel-list", "unknown-os"};

constexpr Variant kVariants[] = {
    {"point-release", Severity::warning,
     "a point release that the list leaves out, of a Debian that it names"}};

Finding evaluate(const Facts& facts, const Profile& profile) {
    if (profile.linux_systems.empty()) return not_applicable("the rules name no systems");
    const auto& distribution = facts.os.distribution;
    if (distribution.is_absent())
        return fail("nothing says which Linux this is", {{"/etc", distribution.why(), ""}});
    if (!distribution) return unknown(distribution.error());

    const auto& [id, version, title, source, family, edition] = *distribution;
    const auto match = match_system(profile.linux_systems, id, version, edition);
    const auto name = title.empty() ? id + " " + version : title;
    if (match.rule != nullptr) return pass(name + " is on the list");
    if (match.undecided)
        return unknown(source + " says \"" + version + "\", which does not tell the point release");
    if (!match.distribution_known)
        return fail(name + " is not on the list", {{source, id + " " + version, ""}});
    auto finding = fail(name + " is not on the list, other releases are",
                        {{source, id + " " + version, "one of " + match.listed}});
    // Debian's point releases change neither the kernel's version nor what AWS looks at.
    if (id == "debian" && match.same_major != nullptr)
        return std::move(finding)
            .as("point-release")
            .advising("Expect the import to work; rehearse it with a copy before you rely on it.");
    return finding;
}

}  // namespace

constinit const Check checks::system_is_supported{
    .id = "linux-os-supported",
    .covers = kCovers,
    .title = "The distribution and its release are supported",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "Only the distributions and releases on AWS's list can be imported and exported.",
    .why =
        "The import task reads the release files and ends for a system that it does not know. On "
        "the snapshot route AWS does not look at the system: there the list is a matter of support "
        "only, a warning.",
    .source =
        "2018 document, Operating Systems; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "/etc/oracle-release, SuSE-release, lsb-release, centos-release, fedora-release, "
        "redhat-release, debian_version, os-release, in this order.",
    .import_error = "Unknown OS / Missing OS files.",
    .remedy =
        "Upgrade to a listed release, or bring the disks over with import-snapshot, which "
        "does not look at the system.",
    .evaluate = evaluate,
};

}  // namespace guestprep
