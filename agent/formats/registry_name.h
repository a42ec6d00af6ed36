// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace guestprep {

/// A key's or value's name as Windows compares it: letters in upper case, also those of the Latin,
/// Greek and Cyrillic alphabets. UTF-8 to UTF-8.
[[nodiscard]] std::string folded_name(std::string_view name);

}  // namespace guestprep
