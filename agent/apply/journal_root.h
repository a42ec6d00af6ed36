// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/guest_path.h"

namespace guestprep {

/// Where runs are kept, inside the guest; mode 0700. Each platform has its place.
[[nodiscard]] GuestPath journal_root();

}  // namespace guestprep
