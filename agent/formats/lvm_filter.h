// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// Whether LVM looks at a device under such a filter (lvm.conf(5)): of each name the first pattern
/// that fits counts, "a" accepts and "r" rejects; one accepted name is enough, and a name that
/// nothing fits is accepted unless another one is rejected. Errors: bad_syntax, unsupported.
[[nodiscard]] Result<bool> lvm_filter_admits(const std::vector<std::string>& patterns,
                                             const std::vector<std::string>& names);

}  // namespace guestprep
