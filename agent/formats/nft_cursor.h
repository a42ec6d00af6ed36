// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

#include "agent/formats/nft_ruleset.h"

namespace guestprep {

/// Where the reading of a rule has come to.
struct NftCursor {
    const NftStatement& words;
    const NftTable& table;
    bool packets_marked = false;
    std::size_t at = 0;

    [[nodiscard]] bool done() const { return at >= words.size(); }
    [[nodiscard]] bool is(std::string_view text) const { return !done() && words[at].is(text); }
    /// The word, quoted or not; empty at the end.
    [[nodiscard]] std::string_view word(std::size_t ahead = 0) const {
        return at + ahead < words.size() ? std::string_view(words[at + ahead].text)
                                         : std::string_view();
    }
    bool take(std::string_view text) {
        if (!is(text)) return false;
        ++at;
        return true;
    }
};

[[nodiscard]] inline bool is_among(std::string_view word, std::span<const std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
}

}  // namespace guestprep
