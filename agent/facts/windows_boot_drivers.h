// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agent/facts/windows.h"

namespace guestprep {

// The drivers by which Windows reaches its disk on the first instance, which offers an IDE
// controller of Intel's kind.

/// Drivers of the disk stack itself that are disabled.
[[nodiscard]] std::vector<const WindowsService*> disabled_disk_stack(
    const WindowsSystemFacts& system);
/// Drivers of disk controllers that are disabled, where no other of the same kind is enabled.
[[nodiscard]] std::vector<const WindowsService*> disabled_disk_controllers(
    const WindowsSystemFacts& system);
/// One of all these whose Start could not be read; nullptr where there is none.
[[nodiscard]] const WindowsService* unread_boot_driver(const WindowsSystemFacts& system);

}  // namespace guestprep
