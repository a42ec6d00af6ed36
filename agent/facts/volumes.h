// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/facts/storage.h"

namespace guestprep {

/// A file system on a disk: mounted, to be mounted at the next boot, or only found there.
struct Volume {
    std::string directory;  ///< empty where nothing mounts it
    std::string type;       ///< "auto" or empty where it cannot be told
    std::string where;      ///< for evidence: "/dev/sda1 on /", "/etc/fstab:3", "/dev/sdb1"
    const BlockDevice* device = nullptr;
};

[[nodiscard]] std::vector<Volume> volumes_of(const StorageFacts& storage);

}  // namespace guestprep
