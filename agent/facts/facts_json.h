// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/result.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// "guestprep-facts/1": everything a verdict rests on, without secrets.
[[nodiscard]] std::string facts_to_json(const Facts& facts);

/// Errors: bad_syntax, naming the member that is missing or of the wrong type.
[[nodiscard]] Result<Facts> facts_from_json(std::string_view text);

}  // namespace guestprep
