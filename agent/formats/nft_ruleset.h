// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "agent/formats/nft_tokens.h"
#include "agent/formats/packet_filter.h"

namespace guestprep {

using NftStatement = std::vector<NftToken>;

struct NftChain {
    std::string name;
    NftStatement base;  ///< "type filter hook input priority 0"; empty for one to jump to
    std::string policy;
    std::uint32_t policy_line = 0;
    std::deque<NftStatement> rules;  ///< a deque, because commands insert at the front
};

struct NftTable {
    std::string family, name;
    bool dormant = false;
    std::vector<NftChain> chains;              ///< in order of appearance
    std::map<std::string, NftStatement> sets;  ///< sets and maps: what their elements say

    /// The chain of that name, made where it is not there.
    NftChain& chain(const std::string& chain_name);
    void clear();

private:
    std::unordered_map<std::string, std::size_t> index_;
};

/// The tables that a script for nft leaves behind, from none on.
struct NftRuleset {
    std::vector<NftTable> tables;
    std::vector<RulePlace> lines;  ///< what NftToken::line counts
    std::vector<RulePlace> problems;
    bool sets_marks = false;
};

[[nodiscard]] NftRuleset read_nft(NftTokens tokens);

/// What the tables do to IPv4 packets for this host.
[[nodiscard]] PacketFilter filter_of(const NftRuleset& ruleset);

}  // namespace guestprep
