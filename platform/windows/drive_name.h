// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace guestprep {

/// "C:", "c:"
[[nodiscard]] constexpr bool is_drive_name(std::string_view text) {
    return text.size() == 2 && text[1] == ':' &&
           ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z'));
}

}  // namespace guestprep
