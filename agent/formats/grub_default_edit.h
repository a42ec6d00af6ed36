// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace guestprep {

/// /etc/default/grub with key=value among the kernel's arguments (GRUB_CMDLINE_LINUX), in place of
/// any other value of that key there or in GRUB_CMDLINE_LINUX_DEFAULT. Every other byte stays; a
/// value that the shell computes is left and added to. Error unsupported where that is not certain.
[[nodiscard]] Result<std::string> set_kernel_argument(std::string_view text, std::string_view key,
                                                      std::string_view value);

/// The same for every kernel line of GRUB legacy's menu.lst, and the line that Debian's
/// update-grub keeps for new kernels ("# kopt=").
[[nodiscard]] std::string set_legacy_kernel_argument(std::string_view text, std::string_view key,
                                                     std::string_view value);

}  // namespace guestprep
