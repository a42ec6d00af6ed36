// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the kernel that boots by default is one that AWS lists for this release.
// Why:         the import task installs drivers for it and refuses kernels that it does not know.
// Source:      2018 document, Operating Systems (SLES); present guide, table of kernels.
#include <algorithm>

#include "agent/core/system_rules.h"
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"flavour", Severity::warning, "a listed version, but not the distribution's usual flavour"},
    {"near", Severity::warning, "another release of a listed version"},
    {"mismatch", Severity::warning, "the kernel's name, its header and its modules disagree"},
    {"not-running", Severity::warning, "another kernel than the default one is running now"}};

/// What a kernel's name adds to the usual one of its distribution; empty for nothing.
std::string unusual_flavour(std::string_view family, std::string_view version) {
    for (const std::string_view mark : {"+debug", "+rt", ".rt", "xen", "kdump", "64k"})
        if (family == "rhel" && contains(version, mark)) return std::string(mark);
    if (family != "debian" && family != "suse") return {};
    const auto release = version.find('-');
    const auto flavour = version.find('-', std::min(release, version.size() - 1) + 1);
    if (flavour == std::string_view::npos) return {};
    const auto name = version.substr(flavour + 1);
    for (const std::string_view usual : {"amd64", "generic", "server", "virtual", "default"})
        if (name == usual) return {};
    return std::string(name);
}

/// A kernel that is installed and would be accepted.
std::string accepted_kernel(const BootFacts& boot, const SystemRule& rule) {
    for (const auto& version : boot.installed_kernels)
        if (kernel_is_listed(rule.kernels, version) &&
            !kernel_is_listed(rule.refused_kernels, version))
            return version;
    return {};
}

Finding refusal(const Facts& facts, const SystemRule& rule, const Kernel& kernel) {
    const auto expected = "one of " + join(rule.kernels, ", ");
    auto finding = fail("the default kernel " + kernel.version + " is not on the list",
                        {{kernel.version_source, kernel.version, expected}});
    const auto other = accepted_kernel(facts.boot, rule);
    if (other.empty()) return finding;
    return std::move(finding).advising("Make the installed kernel " + other + " the default.",
                                       {{"grubby", "--set-default", "/boot/vmlinuz-" + other}});
}

Finding judge_consistency(const Facts& facts, const Kernel& kernel) {
    const auto& header = kernel.header_version;
    if (!header.empty() && header != kernel.version)
        return fail("the kernel's name says " + kernel.version + ", its header " + header,
                    {{kernel.path, header, kernel.version}})
            .as("mismatch");
    if (!kernel.has_modules_folder)
        return fail("the default kernel has no modules",
                    {{"/lib/modules/" + kernel.version, "no such directory", ""}})
            .as("mismatch");
    const auto& running = facts.os.running_kernel;
    if (running && *running != kernel.version)
        return fail("kernel " + *running + " is running, but " + kernel.version + " boots next",
                    {{"uname -r", *running, kernel.version}})
            .as("not-running")
            .advising(
                "Restart once before the export, so that the kernel that will be imported "
                "has been seen to work.");
    return pass("the default kernel " + kernel.version + " is on the list");
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    if (!facts.os.distribution) return unknown(facts.os.distribution.error());
    const auto& os = *facts.os.distribution;
    const auto match = match_system(profile.linux_systems, os.id, os.version, os.variant);
    const auto* const rule = match.rule != nullptr ? match.rule : match.same_major;
    if (rule == nullptr)
        return not_applicable("no kernels are listed for a system that is not on the list itself");
    if (!facts.boot.kernel) return unknown(facts.boot.kernel.error());
    const auto& kernel = *facts.boot.kernel;
    if (kernel.version.empty())
        return unknown(kernel.path + ": neither its name nor its header tells the version");
    if (kernel_is_listed(rule->refused_kernels, kernel.version))
        return refusal(facts, *rule, kernel);
    if (rule->kernels.empty() || kernel_is_listed(rule->kernels, kernel.version)) {
        const auto flavour = unusual_flavour(os.family, kernel.version);
        if (flavour.empty() || rule->kernels.empty()) return judge_consistency(facts, kernel);
        return fail("the default kernel is of the flavour \"" + flavour + "\"",
                    {{kernel.version_source, kernel.version, "the distribution's usual kernel"}})
            .as("flavour");
    }
    if (kernel_is_listed(rule->doubtful_kernels, kernel.version))
        return refusal(facts, *rule, kernel).as("near");
    return refusal(facts, *rule, kernel);
}

}  // namespace

constinit const Check checks::kernel_is_supported{
    .id = "linux-kernel-unsupported",
    .title = "The default kernel is one that AWS lists",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "The kernel that boots by default must be one listed for this release.",
    .why =
        "The import task looks for this kernel's files and adds drivers to it; for an unknown "
        "one it ends.",
    .source =
        "2018 document, Operating Systems; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "The default entry of the boot loader, the kernel file's name and header, "
        "/lib/modules, uname -r.",
    .import_error = "Unsupported kernel version.",
    .remedy = "Install a kernel of the listed version and make it the default.",
    .evaluate = evaluate,
};

}  // namespace guestprep
