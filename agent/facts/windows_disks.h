// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/result.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// The partition that the firmware starts Windows from, which need not be the one with Windows:
/// what Setup, SystemPartition names, else the only active or EFI partition of the fixed disks.
/// Errors: those of what would have told; unsupported, there are several.
[[nodiscard]] Result<const BlockDevice*> system_partition(const Facts& facts);

/// A partition, or a disk by its partitions, that the Logical Disk Manager keeps.
[[nodiscard]] bool is_dynamic(const BlockDevice& partition);
[[nodiscard]] bool is_dynamic_disk(const StorageFacts& storage, const BlockDevice& disk);

/// The partitions of a disk.
[[nodiscard]] DeviceList partitions_of(const StorageFacts& storage, const BlockDevice& disk);

}  // namespace guestprep
