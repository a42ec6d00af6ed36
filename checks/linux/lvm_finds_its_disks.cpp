// SPDX-License-Identifier: Apache-2.0
//
// Requirement: LVM's devices file does not tie the system to the disks of this machine.
// Why:         LVM looks at no other device: with new disks it finds no physical volume.
// Source:      lvmdevices(8); virt-v2v and virt-sysprep remove the file.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/lvm_root.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"data", Severity::advice, "The system itself is not on LVM"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& managers = facts.volume_managers;
    const auto& listed = managers.listed_devices;
    const bool in_initramfs = facts.boot.kernel && facts.boot.kernel->initramfs &&
                              facts.boot.kernel->initramfs->has_lvm_devices_file;
    if (managers.devices_file_off)
        return pass("LVM does not use a devices file")
            .with({{managers.devices_file_setting.at, managers.devices_file_setting.text, ""}});
    if (listed.is_absent() && !in_initramfs) return pass("there is no devices file");
    if (!listed && !listed.is_absent()) return unknown(listed.error());
    std::vector<Evidence> tied;
    if (listed)
        for (const auto& device : *listed)
            tied.push_back({device.line.at, device.line.text, "no such file, or no such line"});
    if (in_initramfs)
        tied.push_back({"the initramfs of kernel " + facts.boot.kernel->version,
                        "etc/lvm/devices/system.devices", "no such file"});
    if (tied.empty()) return pass("the devices file lists no device");
    auto finding = fail("LVM looks at the disks of this machine only", std::move(tied));
    const auto on_lvm = system_is_on_lvm(facts);
    if (on_lvm == Truth::no) return std::move(finding).as("data");
    return finding;
}

}  // namespace

constinit const Check checks::lvm_finds_its_disks{
    .id = "linux-lvm-devices-file",
    .title = "LVM is not tied to the disks of this machine",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "There is no /etc/lvm/devices/system.devices, neither on the disk nor in the initramfs.",
    .why =
        "The file lists physical volumes by the IDs of their disks. The disks of the instance have "
        "others: LVM finds no physical volume, and the boot no root file system.",
    .source = "lvmdevices(8); libguestfs, virt-v2v",
    .looks_at = "/etc/lvm/devices/system.devices, use_devicesfile in lvm.conf, and the initramfs.",
    .remedy =
        "Rename /etc/lvm/devices/system.devices, so that LVM looks at all disks, and rebuild the "
        "initramfs if the file is in it.",
    .evaluate = evaluate,
};

}  // namespace guestprep
