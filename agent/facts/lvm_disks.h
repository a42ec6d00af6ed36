// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/facts/storage.h"

namespace guestprep {

/// The disks of EC2 on which LVM would not look for physical volumes under such a filter: "xvda",
/// "nvme0n1", "xvda and nvme0n1", or empty. Tried on the names that the physical volumes will have,
/// and on the links that stay. Error where a pattern is not understood.
[[nodiscard]] Result<std::string> disks_hidden_by(const StorageFacts& storage,
                                                  const std::vector<std::string>& patterns);

}  // namespace guestprep
