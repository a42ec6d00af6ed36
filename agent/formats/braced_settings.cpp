// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/braced_settings.h"

#include <algorithm>
#include <utility>

#include "agent/formats/text_lines.h"

namespace guestprep {
namespace {

struct Token {
    enum class Kind : unsigned char { word, sign, line_end, end } kind = Kind::end;
    std::string text;
    std::size_t line = 0;

    [[nodiscard]] bool is(char sign) const { return kind == Kind::sign && text[0] == sign; }
};

class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) {}

    Token next() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == '#' || c == '!') {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if (c == '\n') {
                ++at_;
                return {Token::Kind::line_end, {}, line_++};
            } else if (is_blank(c)) {
                ++at_;
            } else if (is_sign(c)) {
                ++at_;
                return {Token::Kind::sign, std::string(1, c), line_};
            } else {
                return c == '"' || c == '\'' ? quoted(c) : bare();
            }
        }
        return {Token::Kind::end, {}, line_};
    }

private:
    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\0'; }
    static bool is_sign(char c) {
        return c == '{' || c == '}' || c == '=' || c == '[' || c == ']' || c == ',';
    }
    Token bare() {
        const auto begin = at_;
        while (at_ < text_.size() && !is_blank(text_[at_]) && !is_sign(text_[at_]) &&
               text_[at_] != '\n' && text_[at_] != '#' && text_[at_] != '"')
            ++at_;
        return {Token::Kind::word, std::string(text_.substr(begin, at_ - begin)), line_};
    }
    Token quoted(char quote) {
        Token token{Token::Kind::word, {}, line_};
        for (++at_; at_ < text_.size() && text_[at_] != quote; ++at_) {
            if (text_[at_] == '\\' && at_ + 1 < text_.size() &&
                (text_[at_ + 1] == quote || text_[at_ + 1] == '\\'))
                ++at_;
            if (text_[at_] == '\n') ++line_;
            token.text += text_[at_];
        }
        if (at_ < text_.size()) ++at_;
        return token;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
};

constexpr std::size_t kDeepest = 16;

class Reader {
public:
    explicit Reader(std::string_view text) : tokens_(text), token_(tokens_.next()) {}

    std::vector<BracedSetting> read() {
        while (token_.kind != Token::Kind::end) {
            if (token_.kind == Token::Kind::word) {
                statement();
                continue;
            }
            if (token_.is('}')) leave();
            advance();
        }
        return std::move(settings_);
    }

private:
    void advance() { token_ = tokens_.next(); }

    void leave() {
        if (too_deep_ > 0)
            --too_deep_;
        else if (!sections_.empty())
            sections_.pop_back();
    }

    void enter(const std::string& name) {
        if (sections_.size() < kDeepest)
            sections_.push_back(name);
        else
            ++too_deep_;
    }

    void statement() {
        BracedSetting setting;
        for (const auto& section : sections_) setting.name += section + '/';
        const auto name = token_.text;
        setting.name += name;
        setting.line = setting.last_line = token_.line;
        advance();
        // multipath.conf may have the brace on the next line.
        if (token_.kind == Token::Kind::line_end && opens_section()) advance();
        if (token_.is('{')) {
            enter(name);
            advance();
            return;
        }
        values(setting);
        settings_.push_back(std::move(setting));
    }

    /// Looks at the next line without going there.
    [[nodiscard]] bool opens_section() const {
        auto ahead = tokens_;
        return ahead.next().is('{');
    }

    void values(BracedSetting& setting) {
        std::size_t depth = 0;
        for (; token_.kind != Token::Kind::end; advance()) {
            if (token_.kind == Token::Kind::line_end) {
                if (depth == 0) return;
            } else if (token_.is('[')) {
                ++depth;
            } else if (token_.is(']')) {
                if (depth > 0) --depth;
            } else if (token_.is('}') || token_.is('{')) {
                return;
            } else if (token_.kind == Token::Kind::word) {
                setting.values.push_back(token_.text);
            }
            setting.last_line = token_.line;
        }
    }

    Tokens tokens_;
    Token token_;
    std::vector<std::string> sections_;
    std::size_t too_deep_ = 0;
    std::vector<BracedSetting> settings_;
};

/// How many sections a text opens, and how many it ends.
std::pair<std::size_t, std::size_t> braces_of(std::string_view text) {
    std::pair<std::size_t, std::size_t> out;
    Tokens tokens(text);
    for (auto token = tokens.next(); token.kind != Token::Kind::end; token = tokens.next()) {
        out.first += token.is('{') ? 1 : 0;
        out.second += token.is('}') ? 1 : 0;
    }
    return out;
}

}  // namespace

std::vector<BracedSetting> parse_braced_settings(std::string_view text) {
    return Reader(text).read();
}

Result<std::string> comment_out_settings(std::string_view text,
                                         const std::vector<BracedSetting>& settings) {
    TextLines lines(text);
    for (const auto& setting : settings)
        for (auto i = setting.line; i > 0 && i <= setting.last_line && i <= lines.size(); ++i)
            lines.replace(i - 1, '#' + lines[i - 1]);
    // Proven by reading it again: nothing but these has gone.
    const auto same = [](const BracedSetting& a, const BracedSetting& b) {
        return a.name == b.name && a.values == b.values && a.line == b.line;
    };
    auto rest = parse_braced_settings(text);
    std::erase_if(rest, [&](const BracedSetting& one) {
        return std::ranges::any_of(settings, [&](const auto& gone) { return same(one, gone); });
    });
    auto after = lines.str();
    if (braces_of(text) != braces_of(after) ||
        !std::ranges::equal(rest, parse_braced_settings(after), same))
        return failure(Errc::unsupported, "other things stand on the setting's lines");
    return after;
}

}  // namespace guestprep
