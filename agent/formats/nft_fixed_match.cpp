// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/nft_fixed_match.h"

#include <iterator>

#include "agent/core/text.h"
#include "agent/formats/nft_fields.h"
#include "agent/formats/nft_values.h"
#include "agent/formats/packet_terms.h"

namespace guestprep {
namespace {

constexpr unsigned kSyn = 2;  ///< the only flag of the packet

using Flags = std::optional<unsigned>;

Truth truth_if(bool holds) { return holds ? Truth::yes : Truth::no; }

Flags flag_named(std::string_view name) {
    constexpr std::string_view kNames[] = {"fin", "syn", "rst", "psh", "ack", "urg", "ecn", "cwr"};
    const auto* const found = std::ranges::find(kNames, name);
    if (found != std::end(kNames)) return 1U << (found - std::begin(kNames));
    const bool hex = name.starts_with("0x");
    const auto number = to_number(hex ? name.substr(2) : name, hex ? 16 : 10);
    return number && *number < 256 ? Flags(static_cast<unsigned>(*number)) : std::nullopt;
}

/// "syn", "fin,syn", "(fin | syn | rst)"
Flags read_flags(NftCursor& cursor) {
    const bool parentheses = cursor.take("(");
    Flags all = 0U;
    for (const auto& element : read_nft_list(cursor.words, cursor.at)) {
        const auto one = flag_named(element.parts.front());
        all = one && all ? Flags(*all | *one) : std::nullopt;
    }
    if (parentheses) cursor.take(")");
    return all;
}

Truth masked(Flags mask, Flags wanted) {
    return mask && wanted ? truth_if((kSyn & *mask) == *wanted) : Truth::unknown;
}

/// "syn", "& (fin|syn|rst|ack) == syn", "syn / fin,syn", "! syn", "{ syn, fin }"
Truth tcp_flags(NftCursor& cursor) {
    if (cursor.take("&")) {
        const auto mask = read_flags(cursor);
        const bool negated = cursor.is("!=");
        if (!cursor.take("==") && !cursor.take("!=")) return Truth::unknown;
        return negated_if(negated, masked(mask, read_flags(cursor)));
    }
    const bool exact = cursor.take("==");
    const bool differs = !exact && cursor.take("!=");
    const bool without = !exact && !differs && cursor.take("!");
    if (cursor.is("{")) {
        const auto elements = read_nft_set(cursor.words, cursor.at, cursor.table);
        return negated_if(differs, truth_if(std::ranges::any_of(elements, [](const auto& element) {
                              return flag_named(element.parts.front()) == kSyn;
                          })));
    }
    const auto wanted = read_flags(cursor);
    if (cursor.take("/")) return negated_if(differs || without, masked(read_flags(cursor), wanted));
    if (!wanted) return Truth::unknown;
    if (exact || differs) return negated_if(differs, truth_if(*wanted == kSyn));
    return negated_if(without, truth_if((*wanted & kSyn) != 0));
}

std::vector<NftElement> elements_of(NftCursor& cursor) {
    return cursor.is("{") ? read_nft_set(cursor.words, cursor.at, cursor.table)
                          : read_nft_list(cursor.words, cursor.at);
}

/// "fib daddr type local" holds; "fib saddr . iif oif missing" is true of a spoofed source.
Truth route(NftCursor& cursor) {
    bool from_source = false;
    while (!cursor.done() && !cursor.is("type") && !cursor.is("oif") && !cursor.is("oifname"))
        from_source |= cursor.words[cursor.at++].is("saddr");
    const bool type = cursor.is("type");
    if (!cursor.done()) ++cursor.at;
    const bool negated = read_nft_comparison(cursor).negated;
    if (cursor.done()) return Truth::unknown;
    bool found = false;
    for (const auto& element : elements_of(cursor)) {
        const auto& value = element.parts.front();
        const bool exists = value == "exists" || value == "1";
        if (!type && !exists && value != "missing" && value != "0") return Truth::unknown;
        found |= type ? value == (from_source ? "unicast" : "local") : exists;
    }
    return negated_if(negated, truth_if(found));
}

/// "tcp option maxseg size 1-535"
Truth segment_size(NftCursor& cursor) {
    const auto compared = read_nft_comparison(cursor);
    auto truth = Truth::no;
    for (const auto& element : elements_of(cursor)) {
        auto range = parse_port_range(element.parts.front(), '-');
        if (!range) return Truth::unknown;
        if (compared.below)
            *range = {0, range->last - (compared.equal || range->last == 0 ? 0 : 1)};
        if (compared.above) *range = {compared.equal ? range->first : range->first + 1, 65535};
        truth = std::max(truth, holds_segment_size(*range));
    }
    return negated_if(compared.negated, truth);
}

/// "ip frag-off & 0x1fff != 0" is true of fragments only; without the mask, the sender decides by
/// forbidding to make some.
Truth fragment(NftCursor& cursor) {
    const auto number = [](std::string_view text) {
        const bool hex = text.starts_with("0x");
        return to_number(hex ? text.substr(2) : text, hex ? 16 : 10);
    };
    constexpr unsigned kMayNotFragment = 0x4000;
    if (!cursor.take("&")) return Truth::unknown;
    const auto mask = number(cursor.word());
    ++cursor.at;
    const bool negated = cursor.is("!=");
    if (!cursor.take("!=")) cursor.take("==");
    const auto wanted = number(cursor.word());
    ++cursor.at;
    if (!mask || !wanted || (*mask & kMayNotFragment) != 0) return Truth::unknown;
    return negated_if(negated, truth_if(*wanted == 0));
}

}  // namespace

std::optional<Truth> read_nft_fixed_match(NftCursor& cursor) {
    if (cursor.take("fib")) return route(cursor);
    if (cursor.is("tcp") && cursor.word(1) == "flags") {
        cursor.at += 2;
        return tcp_flags(cursor);
    }
    // "set" after it is a statement.
    if (cursor.is("tcp") && cursor.word(1) == "option" && cursor.word(2) == "maxseg" &&
        cursor.word(3) == "size" && cursor.word(4) != "set") {
        cursor.at += 4;
        return segment_size(cursor);
    }
    if (cursor.is("ip") && cursor.word(1) == "frag-off") {
        cursor.at += 2;
        return fragment(cursor);
    }
    if (cursor.is("ct") && cursor.word(1) == "count") {
        cursor.at += 2;
        // Over three connections there are not when the first comes.
        const bool over = cursor.take("over");
        ++cursor.at;
        return truth_if(!over);
    }
    return std::nullopt;
}

}  // namespace guestprep
