// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/sshd_config.h"

#include <algorithm>
#include <charconv>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::string_view kBlank = " \t\r\n";
constexpr SshVersion kShellWords{8, 7};

std::string_view skip_blanks(std::string_view text) {
    const auto begin = text.find_first_not_of(kBlank);
    return begin == std::string_view::npos ? std::string_view() : text.substr(begin);
}

/// What may stand between two words: blanks with at most one '=' among them.
std::string_view skip_separator(std::string_view text) {
    text = skip_blanks(text);
    if (text.starts_with('=')) text = skip_blanks(text.substr(1));
    return text;
}

/// Words up to 8.6: cut at blanks and at '=', double quotes only where a word begins.
bool old_words(std::string_view rest, std::vector<std::string>& words) {
    while (!rest.empty()) {
        if (rest.starts_with('"')) {
            const auto close = rest.find('"', 1);
            if (close == std::string_view::npos) return false;
            words.emplace_back(rest.substr(1, close - 1));
            rest = skip_blanks(rest.substr(close + 1));
            continue;
        }
        const auto end = std::min(rest.find_first_of(" \t\r\n=\""), rest.size());
        words.emplace_back(rest.substr(0, end));
        rest = skip_separator(rest.substr(end));
    }
    return true;
}

/// Words from 8.7: as a shell cuts them, up to a '#' that begins one.
bool shell_words(std::string_view rest, std::vector<std::string>& words) {
    for (std::size_t i = 0; i < rest.size();) {
        if (rest[i] == ' ' || rest[i] == '\t') {
            ++i;
            continue;
        }
        if (rest[i] == '#') break;
        std::string word;
        char quote = '\0';
        for (; i < rest.size(); ++i) {
            const char c = rest[i];
            const char next = i + 1 < rest.size() ? rest[i + 1] : '\0';
            if (c == '\\' &&
                (next == '\'' || next == '"' || next == '\\' || (quote == '\0' && next == ' '))) {
                word += next;
                ++i;
            } else if (quote == '\0' && (c == ' ' || c == '\t')) {
                break;
            } else if (quote == '\0' && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote != '\0' && c == quote) {
                quote = '\0';
            } else {
                word += c;
            }
        }
        if (quote != '\0') return false;
        words.push_back(std::move(word));
    }
    return true;
}

SshdLine parse_line(std::string_view raw, bool shell_rules) {
    SshdLine line{.text = std::string(raw)};
    auto rest = skip_blanks(raw);
    const auto last = rest.find_last_not_of(" \t\r\n\f");
    rest = last == std::string_view::npos ? std::string_view() : rest.substr(0, last + 1);
    if (rest.empty() || rest.starts_with('#')) return line;
    if (rest.find('\0') != std::string_view::npos) {
        line.problem = "a NUL byte cuts the line short";
        return line;
    }
    std::string_view keyword;
    if (rest.starts_with('"')) {
        const auto close = rest.find('"', 1);
        if (close == std::string_view::npos) {
            line.problem = "a quote is not closed";
            return line;
        }
        keyword = rest.substr(1, close - 1);
        rest = skip_blanks(rest.substr(close + 1));
    } else {
        const auto end = std::min(rest.find_first_of(" \t\r\n=\""), rest.size());
        keyword = rest.substr(0, end);
        rest = skip_separator(rest.substr(end));
    }
    line.keyword = lowercase(keyword);
    const bool cut = shell_rules ? shell_words(rest, line.args) : old_words(rest, line.args);
    if (!cut) line.problem = "a quote is not closed";
    return line;
}

}  // namespace

std::optional<SshVersion> parse_ssh_version(std::string_view text) {
    constexpr std::string_view kPrefix = "OpenSSH_";
    if (text.starts_with(kPrefix)) text.remove_prefix(kPrefix.size());
    SshVersion version;
    const auto* end = text.data() + text.size();
    const auto major = std::from_chars(text.data(), end, version.major);
    if (major.ec != std::errc() || major.ptr == end || *major.ptr != '.') return std::nullopt;
    const auto minor = std::from_chars(major.ptr + 1, end, version.minor);
    if (minor.ec != std::errc() || version.major < 1 || version.minor < 0) return std::nullopt;
    return version;
}

SshdConfig parse_sshd_config(std::string_view text, std::optional<SshVersion> version) {
    const bool shell_rules = !version || *version >= kShellWords;
    SshdConfig config;
    while (!text.empty()) {
        const auto end = text.find('\n');
        const auto length = end == std::string_view::npos ? text.size() : end + 1;
        config.lines.push_back(parse_line(text.substr(0, length), shell_rules));
        text.remove_prefix(length);
    }
    return config;
}

std::string text_of(const SshdConfig& config) {
    std::string out;
    for (const auto& line : config.lines) out += line.text;
    return out;
}

bool matches_ssh_pattern(std::string_view pattern, std::string_view text) {
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;  // the last '*', and where its run began
    std::size_t run = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            run = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++run;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool matches_ssh_pattern_list(std::string_view list, std::string_view text) {
    bool hit = false;
    for (auto pattern : split(list, ',')) {
        const bool negated = pattern.starts_with('!');
        if (negated) pattern.remove_prefix(1);
        if (!matches_ssh_pattern(pattern, text)) continue;
        if (negated) return false;
        hit = true;
    }
    return hit;
}

}  // namespace guestprep
