// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/grub_default_edit.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/shell_assignments.h"
#include "agent/formats/text_lines.h"

namespace guestprep {
namespace {

constexpr std::string_view kAll = "GRUB_CMDLINE_LINUX";
constexpr std::string_view kDefault = "GRUB_CMDLINE_LINUX_DEFAULT";

bool is_of_key(std::string_view word, std::string_view key) {
    return word == key || (word.starts_with(key) && word.substr(key.size()).starts_with('='));
}

/// The line without the words of the key.
std::string without(std::string_view line, std::string_view key) {
    std::string out;
    std::size_t at = 0;
    while (at < line.size()) {
        const auto begin = std::min(line.find_first_not_of(" \t", at), line.size());
        const auto end = std::min(line.find_first_of(" \t", begin), line.size());
        if (!is_of_key(line.substr(begin, end - begin), key)) out += line.substr(at, end - at);
        at = end;
    }
    return out;
}

bool says_only(std::string_view line, std::string_view key, std::string_view argument) {
    std::size_t found = 0;
    for (const auto word : words_of(line)) {
        if (!is_of_key(word, key)) continue;
        if (word != argument) return false;
        ++found;
    }
    return found > 0;
}

std::string with(std::string_view line, std::string_view key, std::string_view argument) {
    auto out = without(line, key);
    if (!trimmed(out).empty())
        out += ' ';
    else
        out.clear();
    return out += argument;
}

bool is_computed(std::string_view value) {
    return value.find_first_of("$`\\\n") != std::string_view::npos;
}

}  // namespace

Result<std::string> set_kernel_argument(std::string_view text, std::string_view key,
                                        std::string_view value) {
    const auto argument = std::string(key) + '=' + std::string(value);
    auto file = ShellAssignments::parse(std::string(text));
    // Of two, the later word wins, and the defaults come last.
    if (const auto last = file.value(kDefault)) {
        const auto rest = without(*last, key);
        if (rest != *last && is_computed(*last))
            return failure(Errc::unsupported, std::string(kDefault) + " is computed by the shell");
        if (rest != *last) file.set(kDefault, trimmed(rest));
    }
    const auto now = file.value(kAll).value_or("");
    if (says_only(now, key, argument)) return file.text();
    if (!is_computed(now)) {
        file.set(kAll, with(now, key, argument));
    } else {
        if (without(now, key) != now)
            return failure(Errc::unsupported, std::string(kAll) + " is computed by the shell");
        auto after = file.text();
        if (!after.ends_with('\n')) after += '\n';
        after += std::string(kAll) + "=\"$" + std::string(kAll) + ' ' + argument + "\"\n";
        file = ShellAssignments::parse(std::move(after));
    }
    if (!says_only(file.value(kAll).value_or(""), key, argument))
        return failure(Errc::unsupported, std::string(kAll) + " could not be set");
    return file.text();
}

std::string set_legacy_kernel_argument(std::string_view text, std::string_view key,
                                       std::string_view value) {
    const auto argument = std::string(key) + '=' + std::string(value);
    TextLines lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto words = words_of(lines[i]);
        // Xen's hypervisor is a kernel line too: the kernel of Linux is its first module.
        const bool is_linux = words.size() > 1 && words[0] == "kernel" &&
                              !contains(words[1], "xen") && !contains(words[1], "memtest");
        const bool is_kept = words.size() > 1 && words[0] == "#" && words[1].starts_with("kopt=");
        if ((is_linux || is_kept) && !says_only(lines[i], key, argument))
            lines.replace(i, with(lines[i], key, argument));
    }
    return lines.str();
}

}  // namespace guestprep
