// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// The answer to a control code that asks something; it may be longer than `least`.
[[nodiscard]] Result<std::string> asked(HANDLE device, unsigned long code,
                                        const std::string& question, std::size_t least);

}  // namespace guestprep
