// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_script.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace guestprep {
namespace {

constexpr int kDeepest = 40;
constexpr std::size_t kMostTokens = 200'000;
constexpr std::size_t kMostProblems = 20;

enum class Token { word, newline, open, close, end };

struct Lexed {
    Token kind = Token::end;
    GrubWord word;
    std::string bare;  ///< the word where nothing in it was quoted or a variable: a keyword maybe
    std::size_t line = 0;
};

constexpr bool in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Cuts the text into words, line ends (";" is one) and braces.
class Lexer {
public:
    explicit Lexer(std::string_view text) : text_(text) {}

    Lexed next() {
        skip_blanks();
        Lexed out;
        out.line = line_;
        if (at_ >= text_.size()) return out;
        const char c = text_[at_];
        if (c == '\n' || c == ';' || c == '{' || c == '}') {
            ++at_;
            line_ += c == '\n' ? 1 : 0;
            out.kind = c == '{' ? Token::open : c == '}' ? Token::close : Token::newline;
            return out;
        }
        out.kind = Token::word;
        read_word(out);
        return out;
    }

private:
    [[nodiscard]] char peek(std::size_t ahead = 0) const {
        return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
    }
    void skip_blanks() {
        while (at_ < text_.size()) {
            if (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\0') {
                ++at_;
            } else if (peek() == '\\' && peek(1) == '\n') {
                at_ += 2;
                ++line_;
            } else if (peek() == '#') {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else {
                return;
            }
        }
    }
    void add(std::string_view text, bool variable = false) {
        auto& parts = lexed_->word.parts;
        if (variable || parts.empty() || parts.back().variable)
            parts.push_back({std::string(text), variable});
        else
            parts.back().text += text;
    }
    void read_word(Lexed& out) {
        lexed_ = &out;
        bool bare = true;
        const auto from = at_;
        while (at_ < text_.size() && !contains(" \t\r\n;{}", peek())) {
            const char c = peek();
            bare = bare && c != '\'' && c != '"' && c != '\\' && c != '$';
            if (c == '\'')
                single_quoted();
            else if (c == '"')
                double_quoted();
            else if (c == '$')
                variable();
            else if (c == '\\')
                escaped();
            else
                plain();
        }
        if (out.word.parts.empty()) out.word.parts.push_back({});
        if (bare) out.bare = text_.substr(from, at_ - from);
    }
    static bool contains(std::string_view set, char c) {
        return set.find(c) != std::string_view::npos;
    }
    void plain() {
        const auto end = std::min(text_.find_first_of(" \t\r\n;{}'\"$\\", at_), text_.size());
        add(text_.substr(at_, end - at_));
        at_ = end;
    }
    void escaped() {
        ++at_;
        if (peek() == '\n')
            ++line_;
        else if (at_ < text_.size())
            add(text_.substr(at_, 1));
        at_ = std::min(at_ + 1, text_.size());
    }
    void count_lines(std::string_view part) {
        line_ += static_cast<std::size_t>(std::ranges::count(part, '\n'));
    }
    void single_quoted() {
        const auto close = std::min(text_.find('\'', at_ + 1), text_.size());
        const auto inside = text_.substr(at_ + 1, close - at_ - 1);
        add(inside);
        count_lines(inside);
        at_ = std::min(close + 1, text_.size());
    }
    void double_quoted() {
        ++at_;
        add("");
        while (at_ < text_.size() && peek() != '"') {
            if (peek() == '$') {
                variable();
            } else if (peek() == '\\' && contains("\"$\\\n", peek(1))) {
                escaped();
            } else {
                const auto end = std::min(text_.find_first_of("\"$\\", at_ + 1), text_.size());
                add(text_.substr(at_, end - at_));
                count_lines(text_.substr(at_, end - at_));
                at_ = end;
            }
        }
        at_ = std::min(at_ + 1, text_.size());
    }
    /// "$name", "${name}", "$1", "$?"; a lone "$" is text.
    void variable() {
        auto begin = at_ + 1;
        const bool braces = peek(1) == '{';
        if (braces) ++begin;
        auto end = begin;
        while (end < text_.size() && in_name(text_[end])) ++end;
        if (end == begin && end < text_.size() && contains("?*@#", text_[end])) ++end;
        const bool closed = !braces || (end < text_.size() && text_[end] == '}');
        if (end == begin || !closed) {
            add("$");
            ++at_;
            return;
        }
        add(text_.substr(begin, end - begin), true);
        at_ = end + (braces ? 1 : 0);
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    Lexed* lexed_ = nullptr;
};

class Parser {
public:
    explicit Parser(std::string_view text) : lexer_(text) { advance(); }

    GrubScript parse() {
        while (token_.kind != Token::end) {
            statements(script_.commands, 0);
            if (token_.kind == Token::end) break;
            problem(token_.kind == Token::close ? "\"}\" without \"{\""
                                                : "\"" + token_.bare + "\" in the wrong place");
            advance();
        }
        return std::move(script_);
    }

private:
    using Words = std::initializer_list<std::string_view>;

    void advance() {
        if (++count_ > kMostTokens) {
            if (count_ == kMostTokens + 1) problem("longer than any real configuration");
            token_ = {};
            return;
        }
        token_ = lexer_.next();
    }
    void problem(std::string what) {
        if (script_.problems.size() < kMostProblems)
            script_.problems.push_back("line " + std::to_string(token_.line) + ": " +
                                       std::move(what));
    }
    [[nodiscard]] bool at_word(std::string_view word) const {
        return token_.kind == Token::word && token_.bare == word;
    }
    [[nodiscard]] bool at_any(Words words) const {
        return std::ranges::any_of(words, [&](std::string_view word) { return at_word(word); });
    }
    /// These end a list of statements wherever they stand first.
    [[nodiscard]] bool at_closer() const {
        return token_.kind == Token::close || at_any({"then", "elif", "else", "fi", "do", "done"});
    }
    void expect(std::string_view word) {
        if (at_word(word))
            advance();
        else
            problem("\"" + std::string(word) + "\" is missing");
    }

    void statements(std::vector<GrubCommand>& out, int depth) {
        for (;;) {
            while (token_.kind == Token::newline) advance();
            if (token_.kind == Token::end || at_closer()) return;
            if (depth >= kDeepest) {
                problem("blocks nested too deep");
                skip_block();
                continue;
            }
            statement(out, depth + 1);
        }
    }
    /// Past the limit nothing is kept; the braces are still counted, so that what follows is read
    /// as what it is.
    void skip_block() {
        for (std::size_t open = 0; token_.kind != Token::end; advance()) {
            if (token_.kind == Token::open) ++open;
            if (token_.kind == Token::close && open-- == 0) return;
        }
    }
    void statement(std::vector<GrubCommand>& out, int depth) {
        GrubCommand command;
        command.line = token_.line;
        if (at_word("if"))
            choice(command, depth);
        else if (at_any({"while", "until", "for"}))
            loop(command, depth);
        else
            simple(command, depth);
        out.push_back(std::move(command));
    }
    void choice(GrubCommand& command, int depth) {
        command.kind = GrubCommand::Kind::choice;
        do {
            advance();
            auto& branch = command.branches.emplace_back();
            statements(branch.condition, depth);
            expect("then");
            statements(branch.body, depth);
        } while (at_word("elif"));
        if (at_word("else")) {
            advance();
            statements(command.branches.emplace_back().body, depth);
        }
        expect("fi");
    }
    void loop(GrubCommand& command, int depth) {
        command.kind = GrubCommand::Kind::loop;
        const bool over_list = at_word("for");
        advance();
        std::vector<GrubCommand> condition;
        if (over_list)
            simple(command, depth);
        else
            statements(condition, depth);
        while (token_.kind == Token::newline) advance();
        expect("do");
        statements(command.body, depth);
        expect("done");
        command.kind = GrubCommand::Kind::loop;
    }
    void simple(GrubCommand& command, int depth) {
        const bool function = at_word("function");
        if (function) {
            command.kind = GrubCommand::Kind::function;
            advance();
        }
        while (token_.kind == Token::word) {
            command.words.push_back(std::move(token_.word));
            advance();
        }
        if (token_.kind != Token::open) return;
        command.has_block = true;
        advance();
        statements(command.body, depth);
        if (token_.kind == Token::close)
            advance();
        else
            problem("\"}\" is missing for the block of line " + std::to_string(command.line));
    }

    Lexer lexer_;
    Lexed token_;
    GrubScript script_;
    std::size_t count_ = 0;
};

}  // namespace

GrubScript parse_grub_script(std::string_view text) { return Parser(text).parse(); }

}  // namespace guestprep
