// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "agent/facts/boot.h"

namespace guestprep {

/// Where a driver of the default kernel is found, the latest place first.
enum class DriverPlace : std::uint8_t { missing, on_disk, in_initramfs, built_in };

/// The earliest place that has one of `modules` (the same driver under its names, "_" for "-").
/// An error where what cannot be read might have it.
[[nodiscard]] Result<DriverPlace> find_driver(const Kernel& kernel,
                                              std::initializer_list<std::string_view> modules);

/// "xen_blkfront is on the disk only"
[[nodiscard]] std::string place_text(DriverPlace place);

}  // namespace guestprep
