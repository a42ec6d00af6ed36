// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace guestprep {

/// How much of a kernel file kernel_image_version needs.
inline constexpr std::size_t kKernelHeadSize = 65536;

/// The version in the header of an x86 kernel (bzImage): "5.15.0-105-generic". Empty for a file
/// that has none.
[[nodiscard]] std::string kernel_image_version(std::string_view head);

/// The version in a kernel's file name: "vmlinuz-5.15.0-105-generic". Empty for a name without one.
[[nodiscard]] std::string kernel_name_version(std::string_view name);

}  // namespace guestprep
