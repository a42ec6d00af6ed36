// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/block_device.h"
#include "agent/core/result.h"
#include "platform/windows/handles.h"

namespace guestprep {

/// A disk and its partitions, the disk first. Nothing where no disk has that number.
[[nodiscard]] std::vector<BlockDevice> disk_with_partitions(unsigned number);

/// A device that was opened for questions: "\\\\.\\PhysicalDrive0". Who may not read it can still
/// ask what kind of thing it is.
struct AskedDevice {
    FileHandle handle;
    Result<void> readable;  ///< or why its content cannot be read
};
[[nodiscard]] AskedDevice open_device(const std::wstring& name);

/// What lies on a disk at an offset that a sector begins at: one sector of any size.
[[nodiscard]] Result<std::string> sector_at(HANDLE disk, std::uint64_t offset);

/// The answer to a control code that asks something; it may be longer than `least`.
[[nodiscard]] Result<std::string> asked(HANDLE device, unsigned long code,
                                        const std::string& question, std::size_t least);

}  // namespace guestprep
