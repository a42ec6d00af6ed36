// SPDX-License-Identifier: Apache-2.0
//
// Requirement: RHEL and CentOS 6.0, with kernel 2.6.32-71, are not imported.
// Why:         this kernel's Xen drivers are off by default; from 6.1 on they work.
// Source:      2018 document, Operating Systems; catalogue linux-rhel60-drivers.
#include "agent/core/system_rules.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

const std::vector<std::string>& refused() {
    static const std::vector<std::string> kKernels = {"2.6.32-71"};
    return kKernels;
}

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto& os = facts.os.distribution;
    if (!os) return unknown(os.error());
    const bool concerned = os->id == "rhel" || os->id == "centos" || os->id == "ol";
    if (!concerned || (os->version != "6" && !os->version.starts_with("6.")))
        return not_applicable("concerns RHEL 6 and its rebuilds");
    const auto& kernel = facts.boot.kernel;
    if (kernel && kernel_is_listed(refused(), kernel->version))
        return fail("the default kernel is that of release 6.0, without usable Xen drivers",
                    {{kernel->version_source, kernel->version, "2.6.32-131 or later"}});
    const bool listed =
        match_system(profile.linux_systems, os->id, os->version, os->variant).rule != nullptr;
    if (os->version == "6.0" && !listed)
        return fail("release 6.0 lacks the drivers", {{os->source, os->title, "6.1 or later"}});
    if (!kernel) return unknown(kernel.error());
    return pass("the default kernel " + kernel->version + " is later than that of release 6.0");
}

}  // namespace

constinit const Check checks::rhel_6_0_is_updated{
    .id = "linux-rhel60-drivers",
    .title = "RHEL 6 does not boot the kernel of release 6.0",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "RHEL and CentOS 6.0 (kernel 2.6.32-71) are excluded from the list.",
    .why =
        "In this kernel the Xen disk and network drivers stay off unless a boot option asks for "
        "them.",
    .source =
        "2018 document, Operating Systems; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at = "The release file and the version of the default kernel.",
    .import_error = "Unsupported kernel version 2.6.32-71.",
    .remedy = "Update the kernel to 2.6.32-131 or later, restart, and look again.",
    .evaluate = evaluate,
};

}  // namespace guestprep
