// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/lvm_filter.h"

#include <regex.h>

#include <memory>

namespace guestprep {
namespace {

constexpr std::size_t kLongest = 300;
constexpr std::size_t kMost = 200;

// The C library's matcher and not std::regex: what LVM means by an expression is near to POSIX, no
// expression makes it slow, and it is a tenth of the size.
struct Forget {
    void operator()(regex_t* expression) const {
        ::regfree(expression);
        delete expression;
    }
};

struct Pattern {
    bool accepts = false;
    std::unique_ptr<regex_t, Forget> expression;
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
    auto compiled = std::make_unique<regex_t>();
    if (::regcomp(compiled.get(), text.substr(2, end - 2).c_str(), REG_EXTENDED | REG_NOSUB) != 0)
        return trouble("not understood");
    return Pattern{text[0] == 'a', std::unique_ptr<regex_t, Forget>(compiled.release())};
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
    for (const auto& name : names)
        for (const auto& pattern : compiled)
            if (::regexec(pattern.expression.get(), name.c_str(), 0, nullptr, 0) == 0) {
                if (pattern.accepts) return true;
                rejected = true;
                break;
            }
    return !rejected;
}

}  // namespace guestprep
