// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// Somebody answers for a finding until a day.
struct Waiver {
    std::string check;  ///< ID of the check
    std::string reason;
    std::string owner;
    std::string until;  ///< last day that it counts, "2026-12-31"
};

/// {"schema": "guestprep-waivers/1", "waivers": [{"check", "reason", "owner", "until"}]}
/// Errors: bad_syntax, naming the waiver: an unknown check, a missing reason or owner, no date.
[[nodiscard]] Result<std::vector<Waiver>> parse_waivers(std::string_view text);

}  // namespace guestprep
