// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the initramfs is not built for the source's hardware alone.
// Why:         such an image has the drivers of the source's disk controller and no others.
// Source:      field reports; catalogue linux-initramfs-hostonly.
#include <algorithm>

#include "agent/facts/boot_drivers.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"next-build", Severity::advice, "the present image has the drivers, the next may not"}};

bool asks_for_drivers(const InitramfsSettings& settings) {
    const auto has = [&](std::string_view name) {
        return std::ranges::find(settings.added, name) != settings.added.end();
    };
    return (has("xen_blkfront") || has("xen_vbd")) && has("nvme");
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& settings = facts.boot.initramfs_settings;
    if (settings.is_absent()) return not_applicable(settings.why());
    if (!settings) return unknown(settings.error());
    if (!settings->host_only) return pass(settings->tool + " builds images for any hardware");
    if (asks_for_drivers(*settings))
        return pass(settings->tool + " is told to add the drivers for EC2");
    if (!facts.boot.kernel) return unknown(facts.boot.kernel.error());
    const auto xen = find_driver(*facts.boot.kernel, {"xen_blkfront", "xen_vbd"});
    const auto nvme = find_driver(*facts.boot.kernel, {"nvme"});
    if (!xen || !nvme) return unknown(xen ? nvme.error() : xen.error());
    const auto where = settings->where.empty() ? settings->tool : settings->where;
    std::vector<Evidence> evidence = {
        {where, settings->tool + " takes this machine's drivers only", "drivers for EC2 as well"}};
    // Either is enough for one kind of instance type; which one is needed the target says.
    const bool in_place = *xen >= DriverPlace::in_initramfs || *nvme >= DriverPlace::in_initramfs;
    if (in_place)
        return fail("the next initramfs that is built may lack drivers for EC2",
                    std::move(evidence))
            .as("next-build");
    return fail("the initramfs is built for this machine's hardware alone", std::move(evidence));
}

}  // namespace

constinit const Check checks::initramfs_is_generic{
    .id = "linux-initramfs-hostonly",
    .title = "The initramfs is not built for this hardware alone",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "The initramfs must hold the drivers of EC2's disks, not only those of the "
        "source.",
    .why =
        "On other hardware such an image does not find the root file system; the boot ends in "
        "its emergency shell.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html; "
        "catalogue linux-initramfs-hostonly",
    .looks_at =
        "hostonly and add_drivers in dracut's configuration, MODULES in that of "
        "initramfs-tools, INITRD_MODULES in /etc/sysconfig/kernel; the image itself.",
    .import_effect = "AWS adds Xen drivers to the image.",
    .remedy =
        "Add the drivers by name (add_drivers+=\" xen-blkfront xen-netfront nvme ena \" in "
        "/etc/dracut.conf.d, or /etc/initramfs-tools/modules) and rebuild the image.",
    .evaluate = evaluate,
};

}  // namespace guestprep
