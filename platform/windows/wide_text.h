// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace guestprep {

/// UTF-8 to what Windows calls Unicode, and back. What is neither becomes U+FFFD.
[[nodiscard]] std::wstring wide(std::string_view utf8);
[[nodiscard]] std::string narrow(std::wstring_view text);

}  // namespace guestprep
