// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/nft_ruleset.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::string_view kFamilies[] = {"ip", "ip6", "inet", "arp", "bridge", "netdev"};
constexpr std::size_t kMostTables = 1000;

bool is_family(const NftToken& token) {
    return std::ranges::find(kFamilies, token.text) != std::end(kFamilies);
}

class Reader {
public:
    explicit Reader(NftTokens tokens) : tokens_(std::move(tokens.tokens)) {
        out_.lines = std::move(tokens.lines);
        out_.problems = std::move(tokens.problems);
    }

    NftRuleset read() {
        for (std::size_t i = 0; i + 2 < tokens_.size(); ++i)
            if (tokens_[i].is("mark") && tokens_[i + 1].is("set")) out_.sets_marks = true;
        while (skip_separators()) command();
        return std::move(out_);
    }

private:
    [[nodiscard]] bool done() const { return at_ >= tokens_.size(); }
    [[nodiscard]] bool separator() const { return tokens_[at_].is("\n") || tokens_[at_].is(";"); }
    bool skip_separators() {
        while (!done() && separator()) ++at_;
        return !done();
    }
    void trouble() {
        const auto line = tokens_[std::min(at_, tokens_.size() - 1)].line;
        if (out_.problems.size() < 5) out_.problems.push_back(out_.lines[line]);
    }
    bool take(std::string_view word) {
        if (done() || !tokens_[at_].is(word)) return false;
        ++at_;
        return true;
    }
    std::string name() { return done() || separator() ? std::string() : tokens_[at_++].text; }

    /// To the end of the statement: a newline or ';' outside braces, or the brace that closes what
    /// is around. Newlines inside braces are left out.
    NftStatement statement() {
        NftStatement out;
        int braces = 0;
        for (; !done(); ++at_) {
            const auto& token = tokens_[at_];
            if (braces == 0 && (separator() || token.is("}"))) break;
            if (token.is("{")) ++braces;
            if (token.is("}")) --braces;
            if (!token.is("\n")) out.push_back(token);
        }
        return out;
    }

    void command() {
        if (tokens_[at_].is("table")) return table();
        const auto verb = tokens_[at_].text;
        if (verb == "add" || verb == "create" || verb == "insert" || verb == "replace") {
            ++at_;
            return add(verb);
        }
        if (verb == "flush" || verb == "delete" || verb == "destroy") {
            ++at_;
            return remove(verb == "flush");
        }
        // "rule" may be left out: "inet filter input tcp dport 22 accept" is legal and nobody's
        // use.
        trouble();
        statement();
        if (!done() && tokens_[at_].is("}")) ++at_;
    }

    /// "[family] table", found or made.
    NftTable& table_named() {
        std::string family = "ip";
        if (!done() && is_family(tokens_[at_])) family = tokens_[at_++].text;
        return find_table(family, name());
    }
    NftTable& find_table(const std::string& family, const std::string& table) {
        const auto known = std::ranges::find_if(out_.tables, [&](const NftTable& one) {
            return one.family == family && one.name == table;
        });
        if (known != out_.tables.end()) return *known;
        if (out_.tables.size() >= kMostTables) return trouble(), out_.tables.back();
        out_.tables.emplace_back();
        out_.tables.back().family = family;
        out_.tables.back().name = table;
        return out_.tables.back();
    }
    void table() {
        ++at_;
        auto& here = table_named();
        if (!take("{")) {
            if (!statement().empty()) trouble();
            return;
        }
        while (skip_separators() && !take("}")) table_item(here);
    }

    void table_item(NftTable& here) {
        if (take("chain")) {
            auto& chain = here.chain(name());
            if (!take("{")) return trouble(), static_cast<void>(statement());
            chain_body(chain);
        } else if (take("set") || take("map")) {
            auto& set = here.sets[name()];
            if (!take("{")) return trouble(), static_cast<void>(statement());
            set_body(set);
        } else {
            const auto rest = statement();
            if (rest.size() > 1 && rest[0].is("flags") && rest[1].is("dormant"))
                here.dormant = true;
            else if (rest.empty())
                ++at_;  // a brace too many
        }
    }

    void chain_body(NftChain& chain) {
        while (skip_separators() && !take("}")) chain_statement(chain, statement());
    }

    void chain_statement(NftChain& chain, NftStatement words) {
        if (words.empty()) return;
        if (words[0].is("type")) {
            chain.base = std::move(words);
        } else if (words[0].is("policy") && words.size() > 1) {
            chain.policy = words[1].text;
            chain.policy_line = words[1].line;
        } else if (words[0].is("comment") || words[0].is("devices") || words[0].is("flags")) {
            return;
        } else {
            chain.rules.push_back(std::move(words));
        }
    }

    void set_body(NftStatement& set) {
        while (skip_separators() && !take("}")) {
            const auto words = statement();
            if (words.empty()) continue;
            if (words[0].is("elements") && words.size() > 1)
                set.insert(set.end(), words.begin() + 2, words.end());
        }
    }

    void add(std::string_view verb) {
        if (done()) return;
        if (tokens_[at_].is("table")) return table();
        if (take("chain")) {
            auto& table = table_named();
            auto& chain = table.chain(name());
            if (take("{")) chain_body(chain);
        } else if (take("set") || take("map")) {
            auto& table = table_named();
            auto& set = table.sets[name()];
            if (take("{")) set_body(set);
        } else if (take("element")) {
            auto& table = table_named();
            auto& set = table.sets[name()];
            const auto words = statement();
            set.insert(set.end(), words.begin(), words.end());
        } else if (take("rule")) {
            auto& table = table_named();
            auto& rules = table.chain(name()).rules;
            const bool positioned =
                !done() && (tokens_[at_].is("position") || tokens_[at_].is("handle") ||
                            tokens_[at_].is("index"));
            if (positioned || verb == "replace") trouble();
            auto words = statement();
            rules.insert(verb == "insert" ? rules.begin() : rules.end(), std::move(words));
        } else {
            statement();  // counters, quotas, helpers: nothing that decides by itself
        }
    }

    void remove(bool flush) {
        if (take("ruleset")) {
            const auto words = statement();
            std::erase_if(out_.tables, [&](const NftTable& table) {
                return words.empty() || words.front().text == table.family;
            });
        } else if (take("table")) {
            auto& table = table_named();
            for (auto& chain : table.chains) chain.rules.clear();
            if (!flush) table.clear();
        } else if (take("chain") && flush) {
            auto& table = table_named();
            table.chain(name()).rules.clear();
        } else {
            trouble();
        }
        statement();
    }

    std::vector<NftToken> tokens_;
    std::size_t at_ = 0;
    NftRuleset out_;
};

}  // namespace

NftChain& NftTable::chain(const std::string& chain_name) {
    const auto [known, is_new] = index_.emplace(chain_name, chains.size());
    if (is_new) chains.emplace_back().name = chain_name;
    return chains[known->second];
}

void NftTable::clear() {
    chains.clear();
    sets.clear();
    index_.clear();
    dormant = false;
}

NftRuleset read_nft(NftTokens tokens) { return Reader(std::move(tokens)).read(); }

}  // namespace guestprep
