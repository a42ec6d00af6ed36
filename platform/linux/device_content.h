// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/block_device.h"

namespace guestprep {

/// One line of a partition table.
struct PartitionRecord {
    std::uint32_t number = 0;
    std::string type, uuid, label;
    bool active = false;
};

/// What the bytes of a device say.
struct DeviceContent {
    std::string usage, type, uuid, label;
    std::string table;
    std::vector<PartitionRecord> partitions;
    std::string boot_code;
    CheckState check;
    std::string unread;  ///< why the bytes could not be read; empty where they were
};

/// Reads superblocks and, where `may_be_partitioned`, the partition table and the first sector.
[[nodiscard]] DeviceContent read_content(int fd, bool may_be_partitioned);

/// What an ext superblock (1024 bytes from byte 1024 of the device) says; not known for others.
[[nodiscard]] CheckState check_state_of(std::string_view superblock);

/// For the pipe between a process that may hang in a read and the one that must not.
[[nodiscard]] std::string packed(const DeviceContent& content);
[[nodiscard]] DeviceContent unpacked(std::string_view text);

/// Copies what was read of a device to it, and of its partitions to those among `all`.
void take_content(const DeviceContent& content, BlockDevice& device, std::vector<BlockDevice>& all);

}  // namespace guestprep
