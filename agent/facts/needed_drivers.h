// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <iterator>
#include <string_view>

namespace guestprep {

/// Drivers without which an instance has no disk or no network, "_" for "-".
inline constexpr std::string_view kXenDrivers[] = {"xen_blkfront", "xen_netfront",
                                                   "xen_platform_pci"};
inline constexpr std::string_view kNitroDrivers[] = {"ena", "nvme", "nvme_core"};

[[nodiscard]] inline bool is_driver_of_ec2(std::string_view module) {
    return std::ranges::find(kXenDrivers, module) != std::end(kXenDrivers) ||
           std::ranges::find(kNitroDrivers, module) != std::end(kNitroDrivers);
}

/// Arguments of the kernel that list modules not to be loaded.
inline constexpr std::string_view kModuleBlacklists[] = {"module_blacklist", "modprobe.blacklist",
                                                         "rd.driver.blacklist", "rdblacklist"};

}  // namespace guestprep
