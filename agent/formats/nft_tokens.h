// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/formats/packet_filter.h"

namespace guestprep {

struct NftToken {
    std::string text;        ///< "\n" and ";" end a statement
    bool quoted = false;     ///< a string, whatever it looks like
    std::uint32_t line = 0;  ///< index of NftTokens::lines

    /// True for the bare word or sign; a quoted "accept" is no verdict.
    [[nodiscard]] bool is(std::string_view word) const { return !quoted && text == word; }
};

/// Files that an include names, with their text. Nothing where the one file it names is not there.
using NftInclude = std::function<std::optional<std::vector<std::pair<std::string, std::string>>>(
    std::string_view pattern)>;

/// A script for nft with its includes read and its variables put in.
struct NftTokens {
    std::vector<NftToken> tokens;
    std::vector<RulePlace> lines;     ///< where tokens stand
    std::vector<RulePlace> problems;  ///< what keeps nft from loading it
};

[[nodiscard]] NftTokens read_nft_tokens(std::string_view path, std::string_view text,
                                        const NftInclude& include);

}  // namespace guestprep
