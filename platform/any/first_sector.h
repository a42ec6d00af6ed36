// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace guestprep {

/// The boot loader in a disk's first sector: "grub", "lilo", "syslinux", "other"; empty for none.
[[nodiscard]] std::string boot_code_of(std::string_view first_sector);

/// Whether a volume that begins with this sector is encrypted by BitLocker, or BitLocker To Go.
[[nodiscard]] bool is_bitlocker(std::string_view first_sector);

}  // namespace guestprep
