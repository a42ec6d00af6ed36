// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/nft_ruleset.h"

namespace guestprep {

/// One member of a set, or one value: "22", "10.0.0.1-10.0.0.9"; several parts where values are
/// joined with ".". In a verdict map, what follows the ":" too.
struct NftElement {
    std::vector<std::string> parts;
    NftStatement verdict;
};

/// The elements between the braces at `at`, or of a named set ("@friends"); moves `at` behind them.
/// Nothing at all for a set that the table does not have, as for one without elements.
[[nodiscard]] std::vector<NftElement> read_nft_set(const NftStatement& words, std::size_t& at,
                                                   const NftTable& table);

/// Elements that a list without braces gives: "established,related", "22", "fin | syn".
[[nodiscard]] std::vector<NftElement> read_nft_list(const NftStatement& words, std::size_t& at);

}  // namespace guestprep
