// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "agent/core/check.h"

namespace guestprep::checks {

#define GUESTPREP_CHECK(folder, name) extern const Check name;
#include "checks/check_list.def"
#undef GUESTPREP_CHECK

/// Every check that is compiled in, in report order.
[[nodiscard]] std::span<const Check* const> all();

}  // namespace guestprep::checks
