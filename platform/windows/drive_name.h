// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace guestprep {

/// "C:", "c:"
[[nodiscard]] constexpr bool is_drive_name(std::string_view text) {
    return text.size() == 2 && text[1] == ':' &&
           ((text[0] >= 'A' && text[0] <= 'Z') || (text[0] >= 'a' && text[0] <= 'z'));
}

/// "Harddisk0Partition1", for a partition that has no letter: the loader's, mostly.
[[nodiscard]] constexpr bool is_partition_name(std::string_view text) {
    const auto take = [&](std::string_view word) {
        if (!text.starts_with(word)) return false;
        text.remove_prefix(word.size());
        const auto digits = text.substr(0, text.find_first_not_of("0123456789"));
        text.remove_prefix(digits.size());
        return !digits.empty() && digits.size() <= 3;
    };
    return take("Harddisk") && take("Partition") && text.empty();
}

}  // namespace guestprep
