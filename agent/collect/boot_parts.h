// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "agent/facts/facts.h"
#include "agent/host/host.h"

namespace guestprep {

/// Drivers that decide whether a system finds its disk and network in EC2, and the configuration
/// option of each. The out-of-tree names are those of RHEL 5 and SLES 11.
struct KnownDriver {
    std::string_view module;
    std::string_view option;
};
inline constexpr std::array<KnownDriver, 12> kKnownDrivers = {{
    {"xen_blkfront", "CONFIG_XEN_BLKDEV_FRONTEND"},
    {"xen_netfront", "CONFIG_XEN_NETDEV_FRONTEND"},
    {"xen_vbd", ""},
    {"xen_vnif", ""},
    {"xen_platform_pci", "CONFIG_XEN_PVHVM"},
    {"xen_balloon", ""},
    {"nvme", "CONFIG_BLK_DEV_NVME"},
    {"nvme_core", "CONFIG_NVME_CORE"},
    {"ena", "CONFIG_ENA_ETHERNET"},
    {"ixgbevf", "CONFIG_IXGBEVF"},
    {"ata_piix", "CONFIG_ATA_PIIX"},
    {"ata_generic", "CONFIG_ATA_GENERIC"},
}};

/// "kernel/drivers/nvme/host/nvme-core.ko.xz" is "nvme_core"; empty for what is no module.
[[nodiscard]] std::string module_name(std::string_view path);
[[nodiscard]] bool is_known_driver(std::string_view module);

/// The parts of collect_boot, one file each; in this order.
void find_loaders(const FileReader& files, BootFacts& boot);
void find_configs(const Host& host, const Facts& facts, BootFacts& boot);
void read_menu(const Host& host, BootFacts& boot);
void read_default_files(const FileReader& files, const Facts& facts, BootFacts& boot);
[[nodiscard]] Fact<Kernel> find_kernel(const Host& host, const BootFacts& boot);
/// Fills boot.other_kernels.
void find_other_kernels(const FileReader& files, BootFacts& boot);
[[nodiscard]] Fact<InitramfsSettings> find_initramfs_settings(const FileReader& files);
[[nodiscard]] Fact<std::string> find_efi_fallback(const FileReader& files, const Facts& facts);
[[nodiscard]] Fact<KernelPackage> find_kernel_package(const Host& host, const std::string& path,
                                                      const std::string& version);
[[nodiscard]] Fact<Initramfs> read_initramfs(const FileReader& files, const BootEntry& entry,
                                             const std::string& kernel_version);

}  // namespace guestprep
