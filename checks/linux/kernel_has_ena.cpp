// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the default kernel has the driver of Nitro's network card.
// Why:         without it the instance runs and cannot be reached.
// Source:      present guide, Limitations and Prepare your VM; catalogue linux-initramfs-ena.
#include <algorithm>

#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.boot.kernel) return unknown(facts.boot.kernel.error());
    const auto& kernel = *facts.boot.kernel;
    if (!kernel.modules) return unknown(kernel.modules.error());
    // The network comes up after the root file system: on the disk is early enough.
    const auto has = [](const std::vector<std::string>& names) {
        return std::ranges::find(names, "ena") != names.end();
    };
    if (has(kernel.modules->built_in)) return pass("the ENA driver is built into the kernel");
    if (has(kernel.modules->loadable)) return pass("the ENA driver is with the kernel's modules");
    return fail("the default kernel has no ENA driver",
                {{"/lib/modules/" + kernel.version, "no ena module", "ena, or built in"}});
}

}  // namespace

constinit const Check checks::kernel_has_ena{
    .id = "linux-initramfs-ena",
    .title = "The default kernel has the ENA network driver",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "For Nitro instance types the ENA driver must be installed before the import.",
    .why =
        "It is the only network card that Nitro instances have; without the driver nobody can "
        "reach them.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html; "
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/enhanced-networking-ena.html",
    .looks_at = "modules.dep, modules.builtin and /boot/config of the default kernel.",
    .remedy =
        "Install a later kernel of the distribution, or the driver from "
        "https://github.com/amzn/amzn-drivers by DKMS; or choose a Xen instance type.",
    .evaluate = evaluate,
};

}  // namespace guestprep
