// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/nft_rule.h"

#include <utility>

#include "agent/core/text.h"
#include "agent/formats/nft_fields.h"
#include "agent/formats/nft_fixed_match.h"
#include "agent/formats/nft_values.h"

namespace guestprep {
namespace {

constexpr std::string_view kVerdicts[] = {"accept", "drop",     "reject", "return", "continue",
                                          "jump",   "goto",     "queue",  "dnat",   "redirect",
                                          "tproxy", "synproxy", "fwd"};
constexpr std::size_t kMostAlternatives = 2000;

class RuleReader {
public:
    explicit RuleReader(NftCursor cursor) : cursor_(cursor), rules_(1) {}

    std::vector<FilterRule> read() {
        while (!cursor_.done() && !ended_)
            if (!verdict() && !statement() && !match()) {
                require(Truth::unknown);
                ++cursor_.at;
            }
        return std::move(out_);
    }

private:
    void require(Truth truth) {
        for (auto& rule : rules_) rule.require(truth);
    }
    bool skip_to_end() {
        cursor_.at = cursor_.words.size();
        return true;
    }
    bool skip(std::size_t words = 1) {
        cursor_.at += words;
        return true;
    }

    bool verdict() {
        if (cursor_.done() || cursor_.words[cursor_.at].quoted) return false;
        if (!is_among(cursor_.word(), kVerdicts)) return false;
        for (auto& rule : rules_) add(rule, cursor_.words, cursor_.at);
        ended_ = true;
        return true;
    }

    void add(FilterRule rule, const NftStatement& words, std::size_t at) {
        const std::string_view verdict = at < words.size() ? std::string_view(words[at].text) : "";
        rule.action = RuleAction::unknown;
        if (verdict == "accept") rule.action = RuleAction::accept;
        if (verdict == "drop" || verdict == "reject") rule.action = RuleAction::drop;
        if (verdict == "return") rule.action = RuleAction::leave;
        if (verdict == "continue") rule.action = RuleAction::proceed;
        const bool jump = verdict == "jump";
        // A target in braces is a chain without a name.
        if ((jump || verdict == "goto") && at + 1 < words.size() && !words[at + 1].is("{")) {
            rule.action = jump ? RuleAction::jump : RuleAction::go_to;
            rule.target =
                cursor_.table.family + ' ' + cursor_.table.name + ' ' + words[at + 1].text;
        }
        if (rule.holds != Truth::no) out_.push_back(std::move(rule));
    }

    /// Statements that decide nothing, or only how often.
    bool statement() {
        if (cursor_.take("counter")) return counter();
        if (cursor_.take("log")) return log();
        if (cursor_.take("limit")) return limit();
        if (cursor_.take("comment")) return skip();
        if (cursor_.take("flow")) return skip(2);
        if (cursor_.take("notrack")) return untrack();
        if (cursor_.is("masquerade") || cursor_.is("snat") || cursor_.is("dup"))
            return skip_to_end();
        if (cursor_.is("add") || cursor_.is("update") || cursor_.is("set") ||
            cursor_.is("delete") || cursor_.is("meter"))
            return set_update();
        return assignment();
    }

    bool counter() {
        if (cursor_.take("name")) return skip();
        if (cursor_.take("packets")) skip();
        if (cursor_.take("bytes")) skip();
        return true;
    }

    bool log() {
        constexpr std::string_view kOptions[] = {"prefix", "level", "group", "snaplen",
                                                 "queue-threshold"};
        for (;;) {
            if (is_among(cursor_.word(), kOptions)) {
                skip(2);
            } else if (cursor_.take("flags")) {
                if (cursor_.is("tcp") || cursor_.is("ip")) skip();
                static_cast<void>(read_nft_list(cursor_.words, cursor_.at));
            } else {
                return true;
            }
        }
    }

    /// "limit rate 3/minute" holds for the first packet, "limit rate over 3/minute" does not.
    bool limit() {
        if (cursor_.take("name")) return require(Truth::unknown), skip();
        cursor_.take("rate");
        require(cursor_.take("over") ? Truth::no : Truth::yes);
        skip();
        constexpr std::string_view kUnits[] = {"second", "minute", "hour",   "day",    "week",
                                               "bytes",  "kbytes", "mbytes", "packets"};
        const auto unit = [&] {
            while (cursor_.word().starts_with('/') || contains(cursor_.word(), "bytes/") ||
                   is_among(cursor_.word(), kUnits))
                skip();
        };
        unit();
        if (cursor_.take("burst")) skip();
        unit();
        return true;
    }

    bool untrack() {
        for (auto rule : rules_) {
            rule.action = RuleAction::untrack;
            out_.push_back(std::move(rule));
        }
        return true;
    }

    /// "update @clients { ip saddr limit rate over 3/minute }" holds as the limit in it does.
    bool set_update() {
        int braces = 0;
        skip();
        while (!cursor_.done() && !cursor_.is("{") && !is_among(cursor_.word(), kVerdicts)) skip();
        if (!cursor_.is("{")) return require(Truth::unknown), true;
        for (; !cursor_.done(); skip()) {
            if (cursor_.is("{")) ++braces;
            if (cursor_.is("over")) require(Truth::no);
            if (cursor_.is("}") && --braces == 0) return skip();
        }
        return true;
    }

    /// "mark set 1", "meta mark set ct mark map { ... }", "tcp option maxseg size set rt mtu".
    bool assignment() {
        constexpr std::string_view kTwoWords[] = {"meta", "ct",  "ip", "ip6", "ether",
                                                  "th",   "tcp", "rt", "udp"};
        std::size_t set = cursor_.is("mark") ? 1 : 2;
        if (cursor_.is("tcp") && cursor_.word(1) == "option") set = 4;
        if (set != 1 && !is_among(cursor_.word(), kTwoWords)) return false;
        if (cursor_.word(set) != "set") return false;
        skip(set + 1);
        skip(is_among(cursor_.word(), kTwoWords) ? 2 : 1);
        if (cursor_.take("map")) static_cast<void>(elements());
        return true;
    }

    bool match() {
        if (const auto truth = read_nft_fixed_match(cursor_)) return require(*truth), true;
        std::vector<NftField> fields;
        do {
            const auto field = read_nft_field(cursor_);
            if (!field) return false;
            fields.push_back(*field);
        } while (cursor_.take("."));
        return cursor_.take("vmap") ? verdict_map(fields) : value(fields);
    }

    std::vector<NftElement> elements() {
        if (cursor_.done()) return {};
        if (cursor_.is("{") || cursor_.word().starts_with('@'))
            return read_nft_set(cursor_.words, cursor_.at, cursor_.table);
        return read_nft_list(cursor_.words, cursor_.at);
    }

    bool value(const std::vector<NftField>& fields) {
        const bool masked = cursor_.is("&") || cursor_.is("and");
        if (masked) {  // "ip saddr & 255.0.0.0 == 10.0.0.0"
            require(Truth::unknown);
            while (!cursor_.done() && !is_nft_operator(cursor_.word())) skip();
        }
        const auto compared = read_nft_comparison(cursor_);
        if (cursor_.done()) return require(Truth::unknown), true;
        const auto found = elements();
        if (masked) return true;
        if (fields.size() > 1) return tuples(fields, found, compared.negated);
        std::vector<std::string> values;
        for (const auto& element : found) values.push_back(element.parts.front());
        for (auto& rule : rules_)
            narrow(rule, fields.front(), values, compared, cursor_.packets_marked);
        return true;
    }

    void narrow_to(FilterRule& rule, const std::vector<NftField>& fields,
                   const NftElement& element) const {
        for (std::size_t i = 0; i < fields.size() && i < element.parts.size(); ++i)
            if (element.parts[i] != "*")
                narrow(rule, fields[i], {element.parts[i]}, {}, cursor_.packets_marked);
    }

    /// "ip saddr . tcp dport { a . 1, b . 2 }": the rule once for each tuple.
    bool tuples(const std::vector<NftField>& fields, const std::vector<NftElement>& found,
                bool negated) {
        if (negated || found.size() * rules_.size() > kMostAlternatives)
            return require(Truth::unknown), true;
        std::vector<FilterRule> all;
        for (const auto& rule : rules_)
            for (const auto& element : found) {
                all.push_back(rule);
                narrow_to(all.back(), fields, element);
            }
        rules_ = std::move(all);
        return true;
    }

    bool verdict_map(const std::vector<NftField>& fields) {
        const auto found = elements();
        if (found.size() * rules_.size() > 10 * kMostAlternatives)
            return require(Truth::unknown), true;
        for (const auto& rule : rules_)
            for (const auto& element : found) {
                auto one = rule;
                narrow_to(one, fields, element);
                add(std::move(one), element.verdict, 0);
            }
        return true;
    }

    NftCursor cursor_;
    bool ended_ = false;
    std::vector<FilterRule> rules_;  ///< one, or one for each tuple of a concatenation
    std::vector<FilterRule> out_;
};

}  // namespace

std::vector<FilterRule> read_nft_rule(const NftStatement& rule, const NftTable& table,
                                      bool packets_marked) {
    return RuleReader({rule, table, packets_marked, 0}).read();
}

}  // namespace guestprep
