// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/facts/storage.h"

namespace guestprep {

/// "/dev/disk/by-id/ata-VBOX": what GRUB installs to is named by this machine's hardware.
[[nodiscard]] bool is_disk_of_this_hardware(std::string_view name);
/// Nothing is called so; false where devices are not known.
[[nodiscard]] bool is_missing_disk(const StorageFacts& storage, const std::string& name);

}  // namespace guestprep
