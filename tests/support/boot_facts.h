// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/profile.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// A RHEL 9.4 that boots by GRUB 2 with everything in place: tests break one thing of it.
inline Facts sound_boot_facts() {
    Facts facts;
    facts.running = true;
    facts.os.distribution = Distribution{
        "rhel", "9.4", "Red Hat Enterprise Linux 9.4 (Plow)", "/etc/redhat-release", "rhel", ""};
    facts.os.firmware = Firmware::bios;
    facts.os.hypervisor = Hypervisor{"vmware", "CPUID VMwareVMware"};
    facts.os.running_kernel = "5.14.0-427.el9.x86_64";
    auto& boot = facts.boot;
    boot.loaders = {{LoaderKind::grub2, "/boot/grub2/i386-pc", true, false},
                    {LoaderKind::grub2, "/boot/grub2/grub.cfg", false, false}};
    LoaderConfig config;
    config.path = config.real_path = "/boot/grub2/grub.cfg";
    config.is_used = true;
    boot.configs = {config};
    BootEntry entry;
    entry.title = "Red Hat Enterprise Linux (5.14.0-427.el9.x86_64) 9.4 (Plow)";
    entry.id = "m-5.14.0-427.el9.x86_64";
    entry.where = "/boot/loader/entries/m-5.14.0-427.el9.x86_64.conf:1";
    entry.command_line = "root=UUID=1 ro console=ttyS0,115200n8 nvme_core.io_timeout=4294967295";
    entry.command_line_where = "/boot/loader/entries/m-5.14.0-427.el9.x86_64.conf:5";
    entry.kernel = {"/vmlinuz-5.14.0-427.el9.x86_64", "/boot/vmlinuz-5.14.0-427.el9.x86_64", 1000U};
    entry.initrds = {{"/initramfs-5.14.0-427.el9.x86_64.img",
                      "/boot/initramfs-5.14.0-427.el9.x86_64.img", 2000U}};
    boot.entries = {entry};
    boot.default_boot = DefaultBoot{0, entry.id, config.path, "named", false};
    boot.timeout = "5";
    boot.uses_bls = true;
    boot.default_is_saved = true;
    boot.environment =
        EnvironmentBlock{"/boot/grub2/grubenv", true, true, {{"saved_entry", entry.id}}};
    boot.default_grub = std::map<std::string, std::string>{{"GRUB_DEFAULT", "saved"},
                                                           {"GRUB_ENABLE_BLSCFG", "true"}};
    Kernel kernel;
    kernel.path = entry.kernel.path;
    kernel.version = kernel.header_version = "5.14.0-427.el9.x86_64";
    kernel.version_source = kernel.path;
    kernel.has_modules_folder = true;
    const std::vector<std::string> drivers = {"ena", "nvme", "nvme_core", "xen_blkfront",
                                              "xen_netfront"};
    kernel.modules = KernelModules{drivers, {}, {"/lib/modules/5.14.0-427.el9.x86_64/modules.dep"}};
    Initramfs image;
    image.files = 1000;
    image.modules = 200;
    image.drivers = drivers;
    image.versions = {kernel.version};
    kernel.initramfs = image;
    kernel.package = KernelPackage{"kernel-core", "Red Hat, Inc."};
    boot.kernel = kernel;
    boot.installed_kernels = {kernel.version};
    return facts;
}

inline void remove(std::vector<std::string>& names, std::string_view name) {
    std::erase(names, name);
}

}  // namespace guestprep
