// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/host.h"

namespace guestprep {

/// The block devices of the running system. Without privilege their content is what udev knows.
/// A device that does not answer is given up after some seconds; `unread` says so.
class LinuxBlockDevices final : public BlockDevices {
public:
    /// `files` has the running system's root.
    explicit LinuxBlockDevices(const FileReader& files) : files_(files) {}
    [[nodiscard]] Result<std::vector<BlockDevice>> list() const override;

private:
    const FileReader& files_;
};

}  // namespace guestprep
