// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/shell_settings.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::string_view kNameStart = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
constexpr std::string_view kNameRest =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// Reads the words of one line as a shell does, as far as assignments need it.
class LineLexer {
public:
    explicit LineLexer(std::string_view line) : line_(line) {}

    /// Where the value of the assignment read last begins and ends in the line.
    std::size_t value_begin = 0, value_end = 0;
    bool open_quote = false;

    void skip_blanks() {
        while (at_ < line_.size() && is_blank(line_[at_])) ++at_;
    }
    [[nodiscard]] bool at_end() const { return at_ >= line_.size() || line_[at_] == '#'; }
    bool take(char c) {
        if (at_ >= line_.size() || line_[at_] != c) return false;
        ++at_;
        return true;
    }
    void skip_export() {
        const auto rest = line_.substr(at_);
        if (rest.starts_with("export ") || rest.starts_with("export\t")) {
            at_ += 7;
            skip_blanks();
        }
    }
    /// NAME=value at the present place; nothing where there is none.
    std::optional<ShellSetting> assignment() {
        const auto end = std::min(line_.find_first_not_of(kNameRest, at_), line_.size());
        if (end == at_ || !contains(kNameStart, line_.substr(at_, 1)) || end == line_.size() ||
            line_[end] != '=')
            return std::nullopt;
        ShellSetting setting;
        setting.name = line_.substr(at_, end - at_);
        at_ = value_begin = end + 1;
        word(setting);
        value_end = at_;
        return setting;
    }

private:
    void word(ShellSetting& out) {
        while (at_ < line_.size() && !is_blank(line_[at_]) && line_[at_] != ';') {
            const char c = line_[at_++];
            if (c == '\'')
                single(out);
            else if (c == '"')
                doubled(out);
            else if (c == '$' && at_ < line_.size() && line_[at_] == '\'')
                ansi(out);
            else if (c == '\\')
                escaped(out);
            else
                plain(c, out);
        }
    }
    static void plain(char c, ShellSetting& out) {
        if (c == '$' || c == '`') out.computed = true;
        out.value += c;
    }
    void escaped(ShellSetting& out) {
        // A backslash at the end joins lines: not followed.
        if (at_ < line_.size())
            out.value += line_[at_++];
        else
            open_quote = true;
    }
    void single(ShellSetting& out) {
        const auto end = line_.find('\'', at_);
        out.value += line_.substr(at_, end == std::string_view::npos ? end : end - at_);
        open_quote |= end == std::string_view::npos;
        at_ = end == std::string_view::npos ? line_.size() : end + 1;
    }
    void doubled(ShellSetting& out) {
        for (; at_ < line_.size(); ++at_) {
            if (line_[at_] == '"') {
                ++at_;
                return;
            }
            const bool escape = line_[at_] == '\\' && at_ + 1 < line_.size() &&
                                contains("\"\\$`", line_.substr(at_ + 1, 1));
            if (escape)
                out.value += line_[++at_];
            else
                plain(line_[at_], out);
        }
        open_quote = true;
    }
    /// $'...': only what ends it matters; no value that is judged here is written so.
    void ansi(ShellSetting& out) {
        out.computed = true;
        for (++at_; at_ < line_.size(); ++at_) {
            if (line_[at_] == '\'') {
                ++at_;
                return;
            }
            if (line_[at_] == '\\' && at_ + 1 < line_.size()) ++at_;
            out.value += line_[at_];
        }
        open_quote = true;
    }

    std::string_view line_;
    std::size_t at_ = 0;
};

std::string quoted(std::string_view value) {
    constexpr std::string_view kSafe = "./:,@%+-";
    const bool bare = !value.empty() && std::ranges::all_of(value, [&](char c) {
        return contains(kNameRest, std::string_view(&c, 1)) ||
               contains(kSafe, std::string_view(&c, 1));
    });
    if (bare) return std::string(value);
    std::string out = "\"";
    for (const char c : value) {
        if (contains("\"\\$`", std::string_view(&c, 1))) out += '\\';
        out += c;
    }
    return out + '"';
}

}  // namespace

ShellSettings::ShellSettings(std::string_view text) : lines_(text) { parse(); }

void ShellSettings::parse() {
    settings_.clear();
    malformed_.clear();
    has_open_quote_ = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        LineLexer lexer(lines_[i]);
        lexer.skip_blanks();
        if (lexer.at_end()) continue;
        lexer.skip_export();
        std::vector<ShellSetting> found;
        bool good = true;
        do {
            lexer.skip_blanks();
            if (lexer.at_end()) break;
            auto setting = lexer.assignment();
            good = setting.has_value() && !lexer.open_quote;
            if (!good) break;
            setting->line = i + 1;
            found.push_back(std::move(*setting));
            lexer.skip_blanks();
        } while (lexer.take(';'));
        has_open_quote_ |= lexer.open_quote;
        // "A=1 command" sets A for that command alone.
        if (!good || !lexer.at_end())
            malformed_.push_back(i + 1);
        else
            std::ranges::move(found, std::back_inserter(settings_));
    }
}

const ShellSetting* ShellSettings::find(std::string_view name) const {
    const ShellSetting* last = nullptr;
    for (const auto& setting : settings_)
        if (setting.name == name) last = &setting;
    return last;
}

std::optional<std::string> ShellSettings::value(std::string_view name) const {
    const auto* setting = find(name);
    if (setting == nullptr || setting->value.empty()) return std::nullopt;
    return setting->value;
}

void ShellSettings::set(std::string_view name, std::string_view value) {
    if (const auto* setting = find(name); setting != nullptr) {
        const std::string line = lines_[setting->line - 1];
        LineLexer lexer(line);
        lexer.skip_blanks();
        lexer.skip_export();
        for (;;) {
            lexer.skip_blanks();
            const auto found = lexer.assignment();
            if (!found || found->name == name) break;
            lexer.skip_blanks();
            if (!lexer.take(';')) break;
        }
        lines_.replace(setting->line - 1, line.substr(0, lexer.value_begin) + quoted(value) +
                                              line.substr(lexer.value_end));
    } else {
        lines_.insert(lines_.size(), std::string(name) + '=' + quoted(value));
    }
    parse();
}

void ShellSettings::comment_out(std::string_view name) {
    for (const auto& setting : settings_)
        if (setting.name == name && !lines_[setting.line - 1].starts_with('#'))
            lines_.replace(setting.line - 1, '#' + lines_[setting.line - 1]);
    parse();
}

bool is_shell_true(std::string_view value) {
    static constexpr std::string_view kTrue[] = {"yes", "y", "true", "t", "1", "on"};
    return std::ranges::find(kTrue, lowercase(value)) != std::end(kTrue);
}

bool is_shell_false(std::string_view value) {
    static constexpr std::string_view kFalse[] = {"no", "n", "false", "f", "0", "off"};
    return std::ranges::find(kFalse, lowercase(value)) != std::end(kFalse);
}

}  // namespace guestprep
