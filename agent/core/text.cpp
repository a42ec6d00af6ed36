// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"

#include <algorithm>
#include <charconv>

namespace guestprep {
namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Length of the valid UTF-8 sequence at the start of `s`, 0 where there is none. Overlong forms,
/// surrogates and values above U+10FFFF are not valid.
std::size_t utf8_length(std::string_view s) {
    const auto byte = [&](std::size_t i) {
        return i < s.size() ? static_cast<unsigned char>(s[i]) : 0U;
    };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned a = byte(0);
    const unsigned b = byte(1);
    if (a < 0x80) return s.empty() ? 0 : 1;
    if (a >= 0xC2 && a <= 0xDF) return tail(1) ? 2 : 0;
    if (a >= 0xE0 && a <= 0xEF) {
        const bool in_range = (a != 0xE0 || b >= 0xA0) && (a != 0xED || b <= 0x9F);
        return in_range && tail(1) && tail(2) ? 3 : 0;
    }
    if (a >= 0xF0 && a <= 0xF4) {
        const bool in_range = (a != 0xF0 || b >= 0x90) && (a != 0xF4 || b <= 0x8F);
        return in_range && tail(1) && tail(2) && tail(3) ? 4 : 0;
    }
    return 0;
}

/// Matches one "[...]" set at the start of `pattern` against `c`. Returns the length of the set,
/// 0 where the bracket is never closed and so stands for itself.
std::size_t match_set(std::string_view pattern, char c, bool& hit) {
    std::size_t i = 1;
    const bool negated = i < pattern.size() && (pattern[i] == '!' || pattern[i] == '^');
    if (negated) ++i;
    bool found = false;
    for (const std::size_t first = i; i < pattern.size() && (pattern[i] != ']' || i == first);) {
        if (i + 2 < pattern.size() && pattern[i + 1] == '-' && pattern[i + 2] != ']') {
            found |= pattern[i] <= c && c <= pattern[i + 2];
            i += 3;
        } else {
            found |= pattern[i++] == c;
        }
    }
    if (i >= pattern.size()) return 0;
    hit = found != negated;
    return i + 1;
}

/// How many characters of `pattern` match `c` at its start; 0 for no match.
std::size_t match_one(std::string_view pattern, char c) {
    if (pattern.empty()) return 0;
    if (pattern[0] == '?') return 1;
    if (pattern[0] == '[') {
        bool hit = false;
        if (const auto length = match_set(pattern, c, hit); length != 0) return hit ? length : 0;
    }
    if (pattern[0] == '\\' && pattern.size() > 1) return pattern[1] == c ? 2 : 0;
    return pattern[0] == c ? 1 : 0;
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        lines.push_back(line);
    }
    return lines;
}

std::vector<std::string_view> words_of(std::string_view text, std::string_view blanks) {
    std::vector<std::string_view> words;
    for (std::size_t from = 0;;) {
        const auto begin = text.find_first_not_of(blanks, from);
        if (begin == std::string_view::npos) return words;
        const auto end = std::min(text.find_first_of(blanks, begin), text.size());
        words.push_back(text.substr(begin, end - begin));
        from = end;
    }
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n\v\f";
    const auto begin = text.find_first_not_of(kBlank);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const auto& part : parts) {
        if (&part != parts.data()) out += between;
        out += part;
    }
    return out;
}

std::string lowercase(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(), lower);
    return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::optional<std::uint64_t> to_number(std::string_view text, int base) {
    std::uint64_t value = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, base);
    if (text.empty() || error != std::errc() || stop != end) return std::nullopt;
    return value;
}

bool matches_glob(std::string_view pattern, std::string_view text) {
    // Only the last '*' needs to be remembered: an earlier one can never match better.
    std::size_t p = 0;
    std::size_t t = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            resume = t;
        } else if (const auto n = match_one(pattern.substr(p), text[t]); n != 0) {
            p += n;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

std::string to_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size());
    while (!bytes.empty()) {
        const auto length = utf8_length(bytes);
        out += length == 0 ? std::string_view("\xEF\xBF\xBD") : bytes.substr(0, length);
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return out;
}

std::string shown(std::string_view line, std::size_t most) {
    // A character has four bytes at most: converting more than that would be wasted on a line of
    // a megabyte.
    auto text = to_utf8(line.substr(0, most * 4));
    std::string out;
    std::size_t characters = 0;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0U) != 0x80U && ++characters > most) return out + "\u2026";
        out += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
    return line.size() > most * 4 ? out + "\u2026" : out;
}

std::string at_line(std::string_view path, std::size_t line) {
    return std::string(path) + ":" + std::to_string(line);
}

int compare_versions(std::string_view a, std::string_view b) {
    const auto take = [](std::string_view& s, bool digits) {
        const auto end = std::ranges::find_if(s, [&](char c) { return is_digit(c) != digits; });
        const auto n = static_cast<std::size_t>(end - s.begin());
        const auto part = s.substr(0, n);
        s.remove_prefix(n);
        return part;
    };
    while (!a.empty() || !b.empty()) {
        const auto text_a = take(a, false);
        const auto text_b = take(b, false);
        if (const int order = text_a.compare(text_b); order != 0) return order;
        auto number_a = take(a, true);
        auto number_b = take(b, true);
        number_a.remove_prefix(std::min(number_a.find_first_not_of('0'), number_a.size()));
        number_b.remove_prefix(std::min(number_b.find_first_not_of('0'), number_b.size()));
        if (number_a.size() != number_b.size()) return number_a.size() < number_b.size() ? -1 : 1;
        if (const int order = number_a.compare(number_b); order != 0) return order;
    }
    return 0;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const auto replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
        }
    }
    return row[b.size()];
}

}  // namespace guestprep
