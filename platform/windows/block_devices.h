// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/host.h"

namespace guestprep {

/// The disks of the running Windows with their partitions, and its volumes.
///
/// A disk is "PhysicalDrive0", a partition "Harddisk0Partition1" with the drives and folders that
/// show it among its names ("C:", "D:\\data"), and what the registry calls its volume
/// ("\\Device\\HarddiskVolume2"). Whether it is encrypted is told by its first sector on the disk.
/// A volume whose partition is not known, or that lies on several disks (a dynamic disk's), stands
/// as a device of its own: kind mapper, what it lies on in `slaves`. Types are those of Linux:
/// "ntfs", "vfat", "exfat", "refs". `unread` says what could not be asked; a partition table needs
/// an administrator.
class WindowsBlockDevices final : public BlockDevices {
public:
    [[nodiscard]] Result<std::vector<BlockDevice>> list() const override;
};

}  // namespace guestprep
