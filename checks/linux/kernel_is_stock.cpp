// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the default kernel is the distribution's own.
// Why:         AWS adds drivers for the kernels of the distributions; others might not migrate.
// Source:      2018 document, Limitations.
#include <algorithm>
#include <array>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// In a kernel's version or package: builds that come from elsewhere.
constexpr std::array<std::string_view, 11> kForeign = {
    "elrepo", "kernel-ml", "kernel-lt", "lustre",   "xanmod", "liquorix",
    "zabbly", "-custom",   "+custom",   "mainline", "-pf"};

struct Maker {
    std::string_view distribution;
    std::string_view vendor;  ///< a word in rpm's VENDOR or dpkg's Maintainer
};
constexpr std::array<Maker, 16> kMakers = {{{"rhel", "Red Hat"},
                                            {"centos", "CentOS"},
                                            {"centos", "Red Hat"},
                                            {"ol", "Oracle"},
                                            {"fedora", "Fedora"},
                                            {"rocky", "Rocky"},
                                            {"almalinux", "AlmaLinux"},
                                            {"amzn", "Amazon"},
                                            {"sles", "SUSE"},
                                            {"sles_sap", "SUSE"},
                                            {"opensuse-leap", "SUSE"},
                                            {"debian", "Debian Kernel Team"},
                                            {"ubuntu", "Ubuntu"},
                                            {"ubuntu", "Canonical"},
                                            {"devuan", "Devuan"},
                                            {"devuan", "Debian"}}};

Finding judge_vendor(const Kernel& kernel, const KernelPackage& package, std::string_view id) {
    bool known = false;
    for (const auto& [distribution, vendor] : kMakers) {
        if (distribution != id) continue;
        known = true;
        if (contains(package.vendor, vendor))
            return pass("the default kernel is " + package.name + " of " + package.vendor);
    }
    const auto found = package.name + ", " + package.vendor;
    if (known && !package.vendor.empty())
        return fail("the default kernel comes from another maker than the distribution",
                    {{kernel.path, found, "a kernel of the distribution"}});
    return unknown("the default kernel is " + found + ": whether that is the distribution's own " +
                   "is not known here");
}

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.boot.kernel) return unknown(facts.boot.kernel.error());
    const auto& kernel = *facts.boot.kernel;
    const auto name = kernel.version + (kernel.package ? " " + kernel.package->name : "");
    for (const auto mark : kForeign)
        if (contains(name, mark))
            return fail("the default kernel is not the distribution's own",
                        {{kernel.path, name, "a kernel of the distribution"}});
    if (kernel.package.is_absent())
        return fail("no package owns the default kernel",
                    {{kernel.path, kernel.package.why(), "a kernel of the distribution"}});
    if (!kernel.package) return unknown(kernel.package.error());
    const auto& os = facts.os.distribution;
    return judge_vendor(kernel, *kernel.package, os ? std::string_view(os->id) : "");
}

}  // namespace

constinit const Check checks::kernel_is_stock{
    .id = "linux-kernel-stock",
    .title = "The default kernel is the distribution's own",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "Imported systems should boot the default kernel of their distribution.",
    .why = "Drivers are added for known kernels; a system with a custom one may not come up.",
    .source =
        "2018 document, Limitations; https://docs.aws.amazon.com/vm-import/latest/userguide/"
        "limitations-image-importing.html",
    .looks_at =
        "The package that owns the default kernel (dpkg's files; rpm -qf on a running "
        "system), and the kernel's version.",
    .remedy =
        "Make a kernel of the distribution the default: grubby --set-default, "
        "grub2-set-default, or GRUB_DEFAULT in /etc/default/grub.",
    .evaluate = evaluate,
};

}  // namespace guestprep
