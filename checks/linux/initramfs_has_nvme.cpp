// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the default kernel finds its disk on Nitro instance types, where it is an NVMe one.
// Why:         without the driver in the initramfs the boot ends in its emergency shell (seen).
// Source:      present guide, Limitations and Prepare your VM; catalogue linux-initramfs-nvme.
#include "agent/facts/boot_drivers.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.boot.kernel) return unknown(facts.boot.kernel.error());
    const auto& kernel = *facts.boot.kernel;
    const auto driver = find_driver(kernel, {"nvme"});
    if (!driver) return unknown(driver.error());
    const auto where = "kernel " + kernel.version;
    if (*driver < DriverPlace::in_initramfs)
        return fail("the default kernel would not find its disk on Nitro: the NVMe driver is " +
                        place_text(*driver),
                    {{where, "nvme: " + place_text(*driver), "in the initramfs or built in"}});
    // Since 4.4 the driver is two modules; half of it is no driver.
    const auto core = find_driver(kernel, {"nvme_core"});
    if (core && *core == DriverPlace::on_disk)
        return fail("the initramfs has half of the NVMe driver",
                    {{where, "nvme-core: " + place_text(*core), "in the initramfs"}});
    return pass("the NVMe driver is " + place_text(*driver));
}

}  // namespace

constinit const Check checks::initramfs_has_nvme{
    .id = "linux-initramfs-nvme",
    .title = "The default kernel has the NVMe driver at hand",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement =
        "For Nitro instance types the NVMe driver must be in the initramfs or the "
        "kernel before the import.",
    .why =
        "All disks of Nitro instances are NVMe disks; without the driver the root file system "
        "is never found. AWS does not add it on every system.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html; "
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/nvme-ebs-volumes.html",
    .looks_at =
        "File names in the default entry's initramfs, modules.dep, modules.builtin and "
        "/boot/config of the default kernel.",
    .remedy =
        "Rebuild the initramfs with the driver: add_drivers+=\" nvme \" in "
        "/etc/dracut.conf.d and dracut -f; or nvme in /etc/initramfs-tools/modules and "
        "update-initramfs -u. Choose a Xen instance type where the kernel has none.",
    .evaluate = evaluate,
};

}  // namespace guestprep
