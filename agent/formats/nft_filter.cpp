// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <iterator>
#include <optional>

#include "agent/core/text.h"
#include "agent/formats/nft_rule.h"
#include "agent/formats/nft_ruleset.h"

namespace guestprep {
namespace {

struct Base {
    FilterHook hook = FilterHook::none;
    std::optional<std::int64_t> priority;
    bool on_device = false;
};

std::optional<std::int64_t> priority_of(std::string_view word) {
    struct Named {
        std::string_view name;
        std::int64_t value;
    };
    constexpr Named kNames[] = {{"raw", -300}, {"mangle", -150}, {"dstnat", -100},
                                {"filter", 0}, {"security", 50}, {"srcnat", 100}};
    const auto* const known = std::ranges::find(kNames, word, &Named::name);
    if (known != std::end(kNames)) return known->value;
    const bool negative = word.starts_with('-');
    const auto number = to_number(negative || word.starts_with('+') ? word.substr(1) : word);
    if (!number || *number > INT32_MAX) return std::nullopt;
    const auto value = static_cast<std::int64_t>(*number);
    return negative ? -value : value;
}

/// "filter", "-10", "filter + 10", "filter+10"
std::optional<std::int64_t> read_priority(const NftStatement& words, std::size_t at) {
    std::string text;
    for (; at < words.size() && text.size() < 64; ++at) text += words[at].text;
    const auto sign = text.find_first_of("+-", 1);
    const auto first = priority_of(std::string_view(text).substr(0, sign));
    if (sign == std::string::npos || !first) return first;
    const auto second = priority_of(std::string_view(text).substr(sign));
    return second ? std::optional(*first + *second) : std::nullopt;
}

/// "type filter hook input priority 0"
Base read_base(const NftStatement& words) {
    Base base;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const auto& next = words[i + 1].text;
        if (words[i].is("hook") && next == "input") base.hook = FilterHook::input;
        if (words[i].is("hook") && next == "prerouting") base.hook = FilterHook::prerouting;
        if (words[i].is("hook") && next == "ingress") base.hook = FilterHook::ingress;
        if (words[i].is("device") || words[i].is("devices")) base.on_device = true;
        if (words[i].is("priority")) {
            base.priority = read_priority(words, i + 1);
            break;
        }
    }
    return base;
}

FilterChain chain_of(const NftTable& table, const NftChain& chain, const NftRuleset& ruleset) {
    FilterChain out{.name = table.family + ' ' + table.name + ' ' + chain.name};
    for (const auto& words : chain.rules)
        for (auto& rule : read_nft_rule(words, table, ruleset.sets_marks)) {
            rule.place = ruleset.lines[words.front().line];
            out.rules.push_back(std::move(rule));
        }
    if (chain.base.empty()) return out;
    const auto base = read_base(chain.base);
    out.hook = base.hook;
    out.priority = static_cast<std::int32_t>(
        std::clamp<std::int64_t>(base.priority.value_or(0), INT32_MIN, INT32_MAX));
    out.policy = chain.policy == "drop" ? RuleAction::drop : RuleAction::accept;
    out.policy_place =
        ruleset.lines[chain.policy.empty() ? chain.base.front().line : chain.policy_line];
    return out;
}

}  // namespace

PacketFilter filter_of(const NftRuleset& ruleset) {
    PacketFilter out{{}, ruleset.problems};
    for (const auto& table : ruleset.tables) {
        const bool sees_us = table.family == "ip" || table.family == "inet";
        for (const auto& chain : table.chains) {
            // A device that is not there keeps nft from loading any of it.
            if (!chain.base.empty() &&
                (read_base(chain.base).on_device || table.family == "netdev"))
                out.problems.push_back(ruleset.lines[chain.base.front().line]);
            if (sees_us && !table.dormant) out.chains.push_back(chain_of(table, chain, ruleset));
        }
    }
    return out;
}

}  // namespace guestprep
