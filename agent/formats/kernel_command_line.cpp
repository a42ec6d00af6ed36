// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/kernel_command_line.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\v\f";

bool same_name(std::string_view a, std::string_view b) {
    const auto plain = [](char c) { return c == '-' ? '_' : c; };
    return std::ranges::equal(a, b, {}, plain, plain);
}

/// Calls `visit` with each argument as it is written.
template <class Visit>
void each_word(std::string_view line, Visit visit) {
    std::size_t at = 0;
    while ((at = line.find_first_not_of(kBlanks, at)) != std::string_view::npos) {
        bool quoted = false;
        const auto begin = at;
        for (; at < line.size(); ++at) {
            if (line[at] == '"') quoted = !quoted;
            if (!quoted && kBlanks.find(line[at]) != std::string_view::npos) break;
        }
        visit(line.substr(begin, at - begin));
    }
}

std::string_view unquoted(std::string_view text) {
    if (text.starts_with('"')) text.remove_prefix(1);
    if (text.ends_with('"')) text.remove_suffix(1);
    return text;
}

bool is_secret(std::string_view word) {
    const auto name = lowercase(word.substr(0, word.find('=')));
    return contains(name, "password") || contains(name, "passwd") || contains(name, "secret") ||
           contains(name, "passphrase") || name == "netroot";
}

}  // namespace

std::vector<KernelArgument> parse_kernel_arguments(std::string_view line) {
    std::vector<KernelArgument> out;
    bool ended = false;
    each_word(line, [&](std::string_view word) {
        ended = ended || word == "--";
        if (ended) return;
        // The whole argument may be quoted: "name=some value".
        const bool whole = word.starts_with('"');
        if (whole) word = unquoted(word);
        const auto equals = word.find('=');
        if (equals == std::string_view::npos)
            out.push_back({std::string(word), std::nullopt});
        else
            out.push_back({std::string(word.substr(0, equals)),
                           std::string(unquoted(word.substr(equals + 1)))});
    });
    return out;
}

std::vector<std::string> kernel_argument_values(std::string_view line, std::string_view name) {
    std::vector<std::string> out;
    for (auto& argument : parse_kernel_arguments(line))
        if (same_name(argument.name, name)) out.push_back(argument.value.value_or(""));
    return out;
}

std::optional<std::string> kernel_argument(std::string_view line, std::string_view name) {
    auto values = kernel_argument_values(line, name);
    return values.empty() ? std::nullopt : std::optional(std::move(values.back()));
}

std::string redacted_command_line(std::string_view line) {
    std::string out(line);
    each_word(line, [&](std::string_view word) {
        if (!is_secret(word)) return;
        const auto begin = static_cast<std::size_t>(word.data() - line.data());
        const auto equals = word.find('=');
        if (equals == std::string_view::npos) return;
        std::fill(out.begin() + static_cast<std::ptrdiff_t>(begin + equals + 1),
                  out.begin() + static_cast<std::ptrdiff_t>(begin + word.size()), '*');
    });
    return out;
}

}  // namespace guestprep
