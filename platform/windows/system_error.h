// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/result.h"

namespace guestprep {

/// A Windows error code as an Error, in English on every Windows.
[[nodiscard]] Error windows_error(unsigned long code);

}  // namespace guestprep
