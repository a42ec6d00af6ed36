// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the default kernel finds its disk and its network card on Xen instance types.
// Why:         without the Xen drivers in the initramfs the boot stops before the root file system.
// Source:      2018 document, Programmatic Modifications to VMs; catalogue linux-initramfs-xen.
#include "agent/facts/boot_drivers.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.boot.kernel) return unknown(facts.boot.kernel.error());
    const auto& kernel = *facts.boot.kernel;
    // RHEL 5 and SLES 11 have them under other names.
    const auto disk = find_driver(kernel, {"xen_blkfront", "xen_vbd"});
    const auto network = find_driver(kernel, {"xen_netfront", "xen_vnif"});
    if (!disk) return unknown(disk.error());
    std::vector<Evidence> missing;
    const auto where = "kernel " + kernel.version;
    if (*disk < DriverPlace::in_initramfs)
        missing.push_back({where, "disk driver xen-blkfront: " + place_text(*disk),
                           "in the initramfs or built in"});
    // The root file system is there when the network card is looked for.
    if (network && *network < DriverPlace::on_disk)
        missing.push_back({where, "network driver xen-netfront: " + place_text(*network),
                           "with the kernel's modules or built in"});
    if (!missing.empty())
        return fail("the default kernel lacks Xen drivers where it needs them", std::move(missing));
    if (!network) return unknown(network.error());
    return pass("xen-blkfront is " + place_text(*disk) + ", xen-netfront " + place_text(*network));
}

}  // namespace

constinit const Check checks::initramfs_has_xen{
    .id = "linux-initramfs-xen",
    .title = "The default kernel has the Xen drivers at hand",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement =
        "The Xen disk driver must be in the initramfs or the kernel, the network "
        "driver with its modules.",
    .why =
        "Instance types up to the fourth generation run on Xen: without its disk driver the "
        "kernel never finds the root file system.",
    .source =
        "2018 document, Programmatic Modifications to VMs; "
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-types.html",
    .looks_at =
        "File names in the default entry's initramfs, modules.dep, modules.builtin and "
        "/boot/config of the default kernel.",
    .import_effect = "AWS installs the drivers, in the system or in the initramfs.",
    .remedy =
        "Rebuild the initramfs with the drivers: add_drivers in /etc/dracut.conf.d and "
        "dracut -f; /etc/initramfs-tools/modules and update-initramfs -u; mkinitrd --with= "
        "on RHEL 5; INITRD_MODULES in /etc/sysconfig/kernel and mkinitrd on SLES 11.",
    .evaluate = evaluate,
};

}  // namespace guestprep
