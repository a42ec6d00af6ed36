// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/nft_fields.h"

#include "agent/core/text.h"
#include "agent/formats/packet_terms.h"

namespace guestprep {
namespace {

constexpr auto kFixed = NftSubject::fixed;
constexpr NftField kFields[] = {
    {{"ip", "saddr"}, NftSubject::source},
    {{"ip", "daddr"}, NftSubject::destination},
    {{"tcp", "dport"}, NftSubject::port},
    {{"th", "dport"}, NftSubject::port},
    {{"tcp", "sport"}, NftSubject::source_port},
    {{"th", "sport"}, NftSubject::source_port},
    {{"ip", "protocol"}, kFixed, {"tcp", "6"}},
    {{"ip", "version"}, kFixed, {"4"}},
    {{"ip", "hdrlength"}, kFixed, {"5"}},
    {{"meta", "l4proto"}, kFixed, {"tcp", "6"}},
    {{"meta", "nfproto"}, kFixed, {"ipv4", "2"}},
    {{"meta", "protocol"}, kFixed, {"ip", "0x0800", "8"}},
    {{"meta", "pkttype"}, kFixed, {"host", "unicast"}},
    {{"meta", "iiftype"}, kFixed, {"ether", "1"}},
    {{"meta", "iif"}, NftSubject::interface},
    {{"meta", "iifname"}, NftSubject::interface},
    {{"meta", "mark"}, NftSubject::mark},
    {{"meta", "oif"}, NftSubject::never},
    {{"meta", "oifname"}, NftSubject::never},
    {{"meta", "skuid"}, NftSubject::never},
    {{"meta", "skgid"}, NftSubject::never},
    {{"ether", "type"}, kFixed, {"ip", "0x0800"}},
    {{"ether", "saddr"}, NftSubject::never},
    {{"ct", "state"}, NftSubject::state},
    {{"ct", "mark"}, NftSubject::mark},
    {{"ct", "direction"}, kFixed, {"original", "0"}},
    {{"ct", "protocol"}, kFixed, {"tcp", "6"}},
    {{"ct", "l3proto"}, kFixed, {"ipv4", "2"}},
    {{"ct", "status"}, NftSubject::never},
    {{"ct", "helper"}, NftSubject::never},
    {{"iif", ""}, NftSubject::interface},
    {{"iifname", ""}, NftSubject::interface},
    {{"oif", ""}, NftSubject::never},
    {{"oifname", ""}, NftSubject::never},
    {{"pkttype", ""}, kFixed, {"host", "unicast"}},
    {{"skuid", ""}, NftSubject::never},
    {{"skgid", ""}, NftSubject::never},
    {{"mark", ""}, NftSubject::mark},
};
/// Protocols that a TCP packet over IPv4 does not have in it.
constexpr std::string_view kOtherProtocols[] = {"udp",  "udplite", "icmp", "icmpv6", "ip6",  "arp",
                                                "sctp", "dccp",    "esp",  "ah",     "comp", "igmp",
                                                "vlan", "frag",    "hbh",  "mh",     "dst",  "rt0"};
constexpr std::string_view kOtherSubjects[] = {"ip",    "tcp",   "meta", "ct",        "socket",
                                               "rt",    "osf",   "cpu",  "rtclassid", "cgroup",
                                               "ipsec", "ether", "th"};
constexpr std::string_view kOperators[] = {
    "==", "!=", "<", ">", "<=", ">=", "eq", "ne", "lt", "gt", "le", "ge"};

std::optional<NumberRange> number_range(NftSubject subject, const std::string& text) {
    if (subject != NftSubject::source) return parse_port_range(text, '-');
    if (const auto range = parse_ipv4_range(text)) return NumberRange{range->first, range->last};
    const auto cut = text.find('-');
    const auto first = parse_ipv4(text.substr(0, cut));
    const auto last = parse_ipv4(cut == std::string::npos ? "" : text.substr(cut + 1));
    if (!first || !last) return std::nullopt;
    return NumberRange{*first, *last};
}

Truth fixed(const std::vector<std::string>& values, std::span<const std::string_view> ours,
            const NftComparison& compared) {
    if (compared.below || compared.above) return Truth::unknown;
    const bool found = std::ranges::any_of(
        values, [&](const std::string& value) { return value == "*" || is_among(value, ours); });
    return negated_if(compared.negated, found ? Truth::yes : Truth::no);
}

Truth our_address(const std::vector<std::string>& values) {
    auto truth = Truth::no;
    for (const auto& value : values) {
        const auto range = number_range(NftSubject::source, value);
        truth = std::max(
            truth, range ? will_hold_our_address({range->first, range->last}) : Truth::unknown);
    }
    return truth;
}

void number(FilterRule& rule, NftSubject subject, const std::vector<std::string>& values,
            const NftComparison& compared) {
    NumberMatch match{PacketField::source, compared.negated, {}};
    if (subject == NftSubject::port) match.field = PacketField::port;
    if (subject == NftSubject::source_port) match.field = PacketField::source_port;
    for (const auto& value : values) {
        auto range = value == "*" ? NumberRange{0, UINT32_MAX}
                                  : number_range(subject, value).value_or(NumberRange{1, 0});
        if (range.first > range.last) {
            // A host's name is nobody's whom we know; a service's name may be any port.
            if (subject == NftSubject::source) continue;
            return rule.require(Truth::unknown);
        }
        if (compared.below) range = {0, compared.equal ? range.last : range.first - 1};
        if (compared.above) range = {compared.equal ? range.first : range.last + 1, 65535};
        match.ranges.push_back(range);
    }
    rule.numbers.push_back(std::move(match));
}

void state(FilterRule& rule, const std::vector<std::string>& values, bool negated) {
    NumberMatch match{PacketField::tracking, negated, {}};
    for (const auto& value : values) {
        if (value == "new" || value == "*") match.ranges.push_back({kTrackedNew, kTrackedNew});
        if (value == "untracked" || value == "*") match.ranges.push_back({kUntracked, kUntracked});
    }
    rule.numbers.push_back(std::move(match));
}

}  // namespace

bool is_nft_operator(std::string_view word) { return is_among(word, kOperators); }

std::optional<NftField> read_nft_field(NftCursor& cursor) {
    if (cursor.done() || cursor.words[cursor.at].quoted) return std::nullopt;
    for (const auto& field : kFields) {
        const bool one_word = field.words[1].empty();
        if (field.words[0] != cursor.word() || (!one_word && field.words[1] != cursor.word(1)))
            continue;
        cursor.at += one_word ? 1 : 2;
        return field;
    }
    const bool other = is_among(cursor.word(), kOtherProtocols);
    if (!other && !is_among(cursor.word(), kOtherSubjects)) return std::nullopt;
    cursor.at += 2;
    return NftField{{}, other ? NftSubject::never : NftSubject::unknown};
}

NftComparison read_nft_comparison(NftCursor& cursor) {
    if (!is_nft_operator(cursor.word())) return {};
    const auto op = cursor.words[cursor.at++].text;
    if (op == "!=" || op == "ne") return {.negated = true};
    if (op == "<" || op == "lt") return {.below = true};
    if (op == ">" || op == "gt") return {.above = true};
    if (op == "<=" || op == "le") return {.below = true, .equal = true};
    if (op == ">=" || op == "ge") return {.above = true, .equal = true};
    return {};
}

void narrow(FilterRule& rule, const NftField& field, const std::vector<std::string>& values,
            const NftComparison& compared, bool packets_marked) {
    constexpr std::string_view kNoMark[] = {"0", "0x0", "0x00000000"};
    switch (field.subject) {
        case NftSubject::source:
        case NftSubject::port:
        case NftSubject::source_port:
            return number(rule, field.subject, values, compared);
        case NftSubject::destination:
            return rule.require(negated_if(compared.negated, our_address(values)));
        case NftSubject::interface:
            rule.interfaces.push_back({compared.negated, values});
            return;
        case NftSubject::state:
            return state(rule, values, compared.negated);
        case NftSubject::mark:
            return rule.require(packets_marked ? Truth::unknown : fixed(values, kNoMark, compared));
        case NftSubject::fixed:
            return rule.require(fixed(values, field.values, compared));
        case NftSubject::never:
            return rule.require(Truth::no);
        case NftSubject::unknown:
            return rule.require(Truth::unknown);
    }
}

}  // namespace guestprep
