// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/shell_assignments.h"

#include <algorithm>
#include <utility>

namespace guestprep {
namespace {

constexpr std::string_view kEndsWord = " \t\r\n;&|<>()";
constexpr std::size_t kLongestValue = 65536;
constexpr std::size_t kMostBadLines = 100;
constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
constexpr bool starts_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
constexpr bool in_name(char c) { return starts_name(c) || (c >= '0' && c <= '9'); }

/// Reads one shell word. A quote that is never closed makes the word bad.
class Word {
public:
    Word(std::string_view text, std::size_t at) : text_(text), at_(at) { read(); }
    [[nodiscard]] bool good() const { return good_; }
    [[nodiscard]] std::size_t end() const { return at_; }
    std::string value;

private:
    [[nodiscard]] bool more() const { return good_ && at_ < text_.size(); }
    [[nodiscard]] bool at_substitution() const { return text_.substr(at_).starts_with("$("); }

    void read() {
        while (more() && kEndsWord.find(text_[at_]) == std::string_view::npos) {
            const char c = text_[at_];
            if (c == '\'')
                single_quoted();
            else if (c == '"')
                double_quoted();
            else if (c == '`')
                backquoted();
            else if (at_substitution())
                substitution();
            else if (c == '\\')
                escaped("");
            else
                take();
        }
    }
    void take() { value += text_[at_++]; }

    /// Outside quotes a backslash stands before anything (`only` empty), inside before few.
    void escaped(std::string_view only) {
        if (at_ + 1 >= text_.size()) return take();
        const char next = text_[at_ + 1];
        if (next == '\n') {
            at_ += 2;
        } else if (only.empty() || only.find(next) != std::string_view::npos) {
            ++at_;
            take();
        } else {
            take();
            take();
        }
    }
    void single_quoted() {
        const auto close = text_.find('\'', at_ + 1);
        good_ = close != std::string_view::npos;
        if (!good_) return;
        value += text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
    }
    void double_quoted() {
        ++at_;
        while (more() && text_[at_] != '"') {
            if (text_[at_] == '\\')
                escaped("$`\"\\");
            else if (text_[at_] == '`')
                backquoted();
            else if (at_substitution())
                substitution();
            else
                take();
        }
        good_ = more();
        ++at_;
    }
    void backquoted() {
        const auto close = text_.find('`', at_ + 1);
        good_ = close != std::string_view::npos;
        if (!good_) return;
        value += text_.substr(at_, close + 1 - at_);
        at_ = close + 1;
    }
    /// "$( ... )" with what is quoted in it left alone: Red Hat's GRUB_DISTRIBUTOR has both.
    void substitution() {
        const auto from = at_;
        int depth = 0;
        do {
            const char c = text_[at_];
            if (c == '\'' || c == '"') {
                at_ = text_.find(c, at_ + 1);
                if (at_ == std::string_view::npos) break;
            }
            depth += c == '(' ? 1 : 0;
            depth -= c == ')' ? 1 : 0;
            ++at_;
        } while (at_ < text_.size() && (depth > 0 || at_ == from + 1));
        good_ = at_ != std::string_view::npos && depth == 0;
        if (good_) value += text_.substr(from, at_ - from);
    }

    std::string_view text_;
    std::size_t at_;
    bool good_ = true;
};

std::size_t skip_blanks(std::string_view text, std::size_t at) {
    while (at < text.size() && is_blank(text[at])) ++at;
    return at;
}

/// The assignment at `at`, or none where a shell would see something else.
std::optional<ShellAssignments::Assignment> assignment_at(std::string_view text, std::size_t at) {
    if (text.substr(at).starts_with("export ")) at = skip_blanks(text, at + 7);
    auto name_end = at;
    while (name_end < text.size() && in_name(text[name_end])) ++name_end;
    if (name_end == at || !starts_name(text[at]) || name_end >= text.size() ||
        text[name_end] != '=')
        return std::nullopt;
    Word word(text, name_end + 1);
    if (!word.good()) return std::nullopt;
    const auto after = skip_blanks(text, word.end());
    const bool comment = after < text.size() && text[after] == '#' && after > word.end();
    if (after < text.size() && text[after] != '\n' && !comment) return std::nullopt;
    return ShellAssignments::Assignment{std::string(text.substr(at, name_end - at)),
                                        std::move(word.value), 0, name_end + 1, word.end()};
}

std::string quoted(std::string_view value) {
    std::string out = "\"";
    for (const char c : value) {
        if (c == '"' || c == '\\' || c == '`' || c == '$') out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

ShellAssignments ShellAssignments::parse(std::string text) {
    ShellAssignments out;
    const std::string_view all = text;
    std::size_t line = 1;
    for (std::size_t at = 0; at < all.size();) {
        const auto begin = skip_blanks(all, at);
        auto end = std::min(all.find('\n', begin), all.size());
        if (begin < end && all[begin] != '#') {
            // A value may go on over lines. In a file full of quotes that nothing closes, looking
            // for their ends over and over would take for ever.
            const auto reach = out.malformed_.size() < kMostBadLines ? kLongestValue : 0;
            if (auto found = assignment_at(all.substr(0, end + reach), begin)) {
                found->line = line;
                end = std::min(all.find('\n', found->end), all.size());
                out.assignments_.push_back(std::move(*found));
            } else {
                out.malformed_.push_back(line);
            }
        }
        line += static_cast<std::size_t>(std::count(all.begin() + static_cast<std::ptrdiff_t>(at),
                                                    all.begin() + static_cast<std::ptrdiff_t>(end),
                                                    '\n')) +
                1;
        at = end + 1;
    }
    out.text_ = std::move(text);
    return out;
}

const ShellAssignments::Assignment* ShellAssignments::find(std::string_view name) const {
    const auto found = std::find_if(assignments_.rbegin(), assignments_.rend(),
                                    [&](const Assignment& a) { return a.name == name; });
    return found == assignments_.rend() ? nullptr : &*found;
}

std::optional<std::string> ShellAssignments::value(std::string_view name) const {
    const auto* const found = find(name);
    return found == nullptr ? std::nullopt : std::optional(found->value);
}

std::string ShellAssignments::value_or_empty(std::string_view name) const {
    return value(name).value_or("");
}

void ShellAssignments::set(std::string_view name, std::string_view value) {
    auto text = text_;
    if (const auto* const old = find(name)) {
        text.replace(old->begin, old->end - old->begin, quoted(value));
    } else {
        if (!text.empty() && !text.ends_with('\n')) text += '\n';
        text += std::string(name) + "=" + quoted(value) + "\n";
    }
    *this = parse(std::move(text));
}

}  // namespace guestprep
