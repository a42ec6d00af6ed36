// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "agent/core/fixer.h"

namespace guestprep::fixers {

#define GUESTPREP_FIXER(folder, name) extern const Fixer name;
#include "fixers/fixer_list.def"
#undef GUESTPREP_FIXER

/// In the order in which they plan; each sees the facts as the ones before it left them.
std::span<const Fixer* const> all();

}  // namespace guestprep::fixers
