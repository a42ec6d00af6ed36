// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/result.h"

namespace guestprep {

/// Gives the open file `to` the owner, the mode, and every extended attribute (ACLs, SELinux label,
/// capabilities) of the open file `from`, and takes away those that `from` has not. Where the file
/// system has no such attributes there are none to copy. Error: the first that cannot be set.
[[nodiscard]] Result<void> copy_attributes(int from, int to);

/// Sets times of last access and modification as `from` has them, to the second at least.
[[nodiscard]] Result<void> copy_times(int from, int to);

}  // namespace guestprep
