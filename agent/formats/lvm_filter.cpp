// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/lvm_filter.h"

#include <algorithm>
#include <regex>

namespace guestprep {
namespace {

constexpr std::size_t kLongest = 300;
constexpr std::size_t kMost = 200;
constexpr auto kMostRepetitions = 4;

struct Pattern {
    bool accepts = false;
    std::regex expression;
};

/// "a|^/dev/sda|", "r/.*/", "a(/dev/x)": the sign after the letter ends the expression too.
Result<Pattern> compile(const std::string& text) {
    const auto trouble = [&](std::string why) {
        return failure(Errc::bad_syntax, "LVM filter \"" + text.substr(0, 80) + "\": " + why);
    };
    if (text.size() < 3 || (text[0] != 'a' && text[0] != 'r'))
        return trouble("neither a nor r at its beginning");
    if (text.size() > kLongest) return trouble("too long to judge");
    const char open = text[1];
    const char close = open == '(' ? ')' : open == '[' ? ']' : open == '{' ? '}' : open;
    const auto end = text.rfind(close);
    if (end < 2) return trouble("it does not end");
    // The matchers of some libraries try every way: few repetitions on short names stay quick.
    if (std::ranges::count_if(text, [](char c) { return c == '*' || c == '+' || c == '{'; }) >
        kMostRepetitions)
        return trouble("too many repetitions to judge");
    try {
        return Pattern{text[0] == 'a', std::regex(text.substr(2, end - 2), std::regex::extended)};
    } catch (const std::regex_error&) {
        return trouble("not understood");
    }
}

}  // namespace

Result<bool> lvm_filter_admits(const std::vector<std::string>& patterns,
                               const std::vector<std::string>& names) {
    if (patterns.size() > kMost) return failure(Errc::unsupported, "too many LVM filters to judge");
    std::vector<Pattern> compiled;
    for (const auto& text : patterns) {
        auto pattern = compile(text);
        if (!pattern) return std::unexpected(pattern.error());
        compiled.push_back(std::move(*pattern));
    }
    bool rejected = false;
    try {
        for (const auto& name : names)
            for (const auto& pattern : compiled)
                if (std::regex_search(name, pattern.expression)) {
                    if (pattern.accepts) return true;
                    rejected = true;
                    break;
                }
    } catch (const std::regex_error&) {
        return failure(Errc::unsupported, "an LVM filter is too intricate to judge");
    }
    return !rejected;
}

}  // namespace guestprep
