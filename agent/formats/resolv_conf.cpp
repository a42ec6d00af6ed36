// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/resolv_conf.h"

#include "agent/core/text.h"

namespace guestprep {

std::vector<std::string> nameservers_of(std::string_view resolv_conf) {
    std::vector<std::string> out;
    for (const auto line : lines_of(resolv_conf)) {
        const auto words = words_of(line);
        if (words.size() > 1 && words[0] == "nameserver") out.emplace_back(words[1]);
    }
    return out;
}

}  // namespace guestprep
