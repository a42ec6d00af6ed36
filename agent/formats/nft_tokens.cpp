// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/nft_tokens.h"

#include <algorithm>
#include <map>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr int kDeepestInclude = 16;  // as nft's own limit
constexpr std::size_t kMostTokens = 1'000'000;

bool is_word(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '/' || c == ':' ||
           c == '-' || c == '*' || c == '@' || c == '$' || c == '\\' || c == '+' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// "2001:db8::/32" and "00:0c:29:ab:cd:ef" hold colons; "22:accept" is three tokens.
bool is_address_with_colons(std::string_view word) {
    return word.find_first_not_of("0123456789abcdefABCDEF:./-") == std::string_view::npos &&
           std::ranges::count(word, ':') > 1;
}

class Reader {
public:
    explicit Reader(const NftInclude& include) : include_(include) {}

    void read(std::string_view path, std::string_view text, int depth) {
        std::size_t number = 0;
        bool continued = false;
        for (auto line : lines_of(text)) {
            ++number;
            if (!continued) begin_line(path, number, line);
            continued = line.ends_with('\\');
            if (continued) line.remove_suffix(1);
            cut(line);
            if (!continued) end_statement(depth);
        }
        if (continued) end_statement(depth);
    }

    NftTokens take() { return std::move(out_); }

private:
    void begin_line(std::string_view path, std::size_t number, std::string_view line) {
        out_.lines.push_back({at_line(path, number), shown(trimmed(line))});
    }
    std::uint32_t line() const { return static_cast<std::uint32_t>(out_.lines.size() - 1); }
    void trouble() { out_.problems.push_back(out_.lines[line()]); }
    void add(std::string_view text, bool quoted = false) {
        if (count_++ < kMostTokens) fresh_.push_back({std::string(text), quoted, line()});
        if (count_ == kMostTokens) trouble();
    }

    void cut(std::string_view line) {
        for (std::size_t i = 0; i < line.size();) {
            const char c = line[i];
            if (c == '#') return;
            if (c == ' ' || c == '\t') {
                ++i;
            } else if (c == '"') {
                const auto end = line.find('"', i + 1);
                if (end == std::string_view::npos) return trouble();
                add(line.substr(i + 1, end - i - 1), true);
                i = end + 1;
            } else if (is_word(c)) {
                const auto begin = i;
                while (i < line.size() && is_word(line[i])) ++i;
                word(line.substr(begin, i - begin));
            } else {
                constexpr std::string_view kTwo[] = {"!=", "==", "<=", ">=", "<<", ">>"};
                const auto two = line.substr(i, 2);
                const bool is_two = std::ranges::find(kTwo, two) != std::end(kTwo);
                add(is_two ? two : line.substr(i, 1));
                i += is_two ? 2 : 1;
            }
        }
    }

    void word(std::string_view text) {
        for (;;) {
            const auto colon = text.find(':');
            if (colon == std::string_view::npos || is_address_with_colons(text)) break;
            if (colon > 0) add(text.substr(0, colon));
            add(":");
            text.remove_prefix(colon + 1);
            if (text.empty()) return;
        }
        add(text);
    }

    /// Takes a line's tokens over, but for includes and definitions, which are carried out.
    void end_statement(int depth) {
        add("\n");
        std::size_t i = 0;
        while (i < fresh_.size()) {
            if (at_start_ && fresh_[i].is("include") && i + 1 < fresh_.size()) {
                const auto pattern = fresh_[i + 1].text;
                fresh_.clear();
                return include(pattern, depth);
            }
            if (at_start_ && (fresh_[i].is("define") || fresh_[i].is("redefine")) &&
                i + 2 < fresh_.size()) {
                defining_ = fresh_[i + 1].text;
                variables_[defining_].clear();
                i += fresh_[i + 2].is("=") ? 3 : 2;
                at_start_ = false;
                continue;
            }
            take_over(fresh_[i++]);
        }
        fresh_.clear();
    }

    void take_over(const NftToken& token) {
        if (token.is("{")) ++braces_;
        if (token.is("}")) --braces_;
        const bool ends = token.is("\n") || token.is(";");
        if (!defining_.empty()) {
            if (ends && braces_ <= braces_before_)
                defining_.clear();
            else if (!token.is("\n"))
                put(variables_[defining_], token);
        } else {
            put(out_.tokens, token);
            braces_before_ = braces_;
        }
        at_start_ = ends || (defining_.empty() && (token.is("{") || token.is("}")));
    }

    /// Variables are put in where they stand, so that a definition may lean on others.
    void put(std::vector<NftToken>& where, const NftToken& token) {
        if (token.quoted || !token.text.starts_with('$')) {
            where.push_back(token);
            return;
        }
        const auto known = variables_.find(token.text.substr(1));
        if (known == variables_.end() || &known->second == &where ||
            (count_ += known->second.size()) > kMostTokens)
            return trouble();
        for (const auto& part : known->second)
            where.push_back({part.text, part.quoted, token.line});
    }

    void include(const std::string& pattern, int depth) {
        const auto files = depth < kDeepestInclude ? include_(pattern) : std::nullopt;
        if (!files) return trouble();
        for (const auto& [path, text] : *files) read(path, text, depth + 1);
    }

    const NftInclude& include_;
    NftTokens out_;
    std::vector<NftToken> fresh_;  ///< of the line that is being read
    std::map<std::string, std::vector<NftToken>> variables_;
    std::string defining_;
    bool at_start_ = true;
    int braces_ = 0, braces_before_ = 0;
    std::size_t count_ = 0;
};

}  // namespace

NftTokens read_nft_tokens(std::string_view path, std::string_view text, const NftInclude& include) {
    Reader reader(include);
    reader.read(path, text, 0);
    return reader.take();
}

}  // namespace guestprep
