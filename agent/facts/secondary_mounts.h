// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agent/facts/facts.h"

namespace guestprep {

/// A line of /etc/fstab that the boot depends on, and what it lies on besides the boot disks.
struct SecondaryMount {
    const FstabEntry* entry = nullptr;
    DeviceList disks;
};

/// Those of all lines; none where there is no fstab. Error where lines name disks and it cannot be
/// told which disk the system boots from.
[[nodiscard]] Result<std::vector<SecondaryMount>> secondary_mounts(const Facts& facts);

}  // namespace guestprep
