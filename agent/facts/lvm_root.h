// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/truth.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// Is / or /boot on LVM? By the devices, else by the names in fstab and on the command line.
[[nodiscard]] Truth system_is_on_lvm(const Facts& facts);

}  // namespace guestprep
