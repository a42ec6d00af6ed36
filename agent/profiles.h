// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/profile.h"

namespace guestprep {

/// "vmie-2018", "vmie-2026"
[[nodiscard]] std::span<const std::string_view> built_in_profiles();

/// A profile that is compiled in. Errors: not_found, naming those that there are.
[[nodiscard]] Result<Profile> built_in_profile(std::string_view name);

/// A profile as a person wrote it; what it leaves out comes from the profile it `extends`.
/// Errors: bad_syntax, naming the member: not JSON, an unknown member or name, a wrong type, a rule
/// for a check or variant that does not exist.
[[nodiscard]] Result<Profile> parse_profile(std::string_view text);

}  // namespace guestprep
