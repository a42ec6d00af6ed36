// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "agent/core/block_device.h"
#include "agent/host/file_system.h"

namespace guestprep {

/// The block devices as the kernel describes them in /sys, without their content and without other
/// names than "/dev/<kernel name>"; from /proc/partitions where /sys is not there. RAM disks and
/// loop devices without a file are left out.
[[nodiscard]] Result<std::vector<BlockDevice>> devices_of_kernel(const FileReader& files);

/// What udev wrote down about the content of a device, for those who may not open it. False where
/// it wrote nothing.
bool take_udev_record(const FileReader& files, BlockDevice& device);

}  // namespace guestprep
