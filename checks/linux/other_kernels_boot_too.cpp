// SPDX-License-Identifier: Apache-2.0
//
// Requirement: every kernel that the boot menu offers would come up on EC2.
// Why:         who falls back to an older kernel after the import needs one that finds its disk.
// Source:      AWS's Nitro scripts look at every initramfs; troubleshooting guide.
#include "agent/core/text.h"
#include "agent/facts/boot_drivers.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// What is wrong with a kernel; pass where nothing is.
Finding judge_kernel(const Kernel& kernel) {
    const auto name = "kernel " + (kernel.version.empty() ? kernel.path : kernel.version);
    const auto& image = kernel.initramfs;
    if (!image && image.error().code == Errc::bad_syntax)
        return fail(name + " has a damaged initramfs",
                    {{kernel.where, image.why(), "an archive that is whole"}});
    if (!image && image.error().code == Errc::io)
        return fail(name + " has an initramfs that cannot be read",
                    {{kernel.where, image.why(), "a file in /boot"}});
    const auto nvme = find_driver(kernel, {"nvme"});
    const auto xen = find_driver(kernel, {"xen_blkfront", "xen_vbd"});
    for (const auto& driver : {nvme, xen})
        if (!driver) return unknown(name + ": " + driver.error().message);
    const bool on_nitro = *nvme >= DriverPlace::in_initramfs;
    const bool on_xen = *xen >= DriverPlace::in_initramfs;
    if (on_nitro && on_xen) return pass({});
    const std::string kinds = on_nitro ? "on Xen instance types"
                              : on_xen ? "on Nitro instance types"
                                       : "on EC2";
    return fail(name + " would not find its disk " + kinds,
                {{kernel.where,
                  "NVMe driver " + place_text(*nvme) + ", Xen disk driver " + place_text(*xen),
                  "both in the initramfs or built in"}});
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& boot = facts.boot;
    if (!boot.default_boot && !boot.default_boot.is_absent())
        return unknown(boot.default_boot.error());
    if (boot.other_kernels.empty())
        return not_applicable("the boot menu offers no other kernel than the default one");
    auto worst = pass({});
    for (const auto& kernel : boot.other_kernels) {
        auto finding = judge_kernel(kernel);
        if (finding.status == Status::pass) continue;
        if (worst.status == Status::fail) {
            if (finding.status == Status::fail)
                worst.evidence.insert(worst.evidence.end(), finding.evidence.begin(),
                                      finding.evidence.end());
            continue;
        }
        if (finding.status == Status::fail || worst.status == Status::pass)
            worst = std::move(finding);
    }
    if (worst.status != Status::pass) return worst;
    if (boot.kernels_left_out > 0)
        return unknown(std::to_string(boot.kernels_left_out) +
                       " more kernels of the menu were not looked at");
    return pass("the other kernels of the menu (" + std::to_string(boot.other_kernels.size()) +
                ") have the NVMe and the Xen driver at hand");
}

}  // namespace

constinit const Check checks::other_kernels_boot_too{
    .id = "linux-other-kernels",
    .title = "The other kernels of the boot menu would come up too",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement =
        "Every kernel that the menu offers has a readable initramfs with the drivers of EC2's "
        "disks.",
    .why =
        "The default kernel decides the first boot. An update or a repair may make another one "
        "the default, and a damaged initramfs is a sign of a /boot that was full.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html; "
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/nvme-ebs-volumes.html",
    .looks_at =
        "Each kernel and initramfs that an entry of the boot menu names, up to six besides the "
        "default one.",
    .remedy =
        "Rebuild the initramfs of all kernels (dracut -f --regenerate-all, update-initramfs -u -k "
        "all), or remove kernels that are not needed.",
    .evaluate = evaluate,
};

}  // namespace guestprep
