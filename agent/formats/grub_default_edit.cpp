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

bool says(std::string_view line, const ArgumentChange& change) {
    const auto argument = change.key + '=' + change.value;
    std::size_t found = 0;
    for (const auto word : words_of(line)) {
        if (!is_of_key(word, change.key)) continue;
        if (word == argument)
            ++found;
        else if (!change.keeps_others)
            return false;
    }
    return found > 0;
}

std::string with(std::string_view line, const ArgumentChange& change) {
    auto out = change.keeps_others ? std::string(line) : without(line, change.key);
    if (!trimmed(out).empty())
        out += ' ';
    else
        out.clear();
    return out += change.key + '=' + change.value;
}

bool is_computed(std::string_view value) {
    return value.find_first_of("$`\\\n") != std::string_view::npos;
}

Result<void> drop(ShellAssignments& file, std::string_view name, std::string_view key) {
    const auto value = file.value(name);
    if (!value) return {};
    const auto rest = without(*value, key);
    if (rest == *value) return {};
    if (is_computed(*value))
        return failure(Errc::unsupported, std::string(name) + " is computed by the shell");
    file.set(name, trimmed(rest));
    return {};
}

/// In a word's place: blanks, quotes, the end of a line; before it also "=", of a shell's
/// assignment or of "# kopt=".
bool ends_word(char c) { return std::string_view(" \t\r\n\"'").find(c) != std::string_view::npos; }

std::string with_word_replaced(std::string_view line, std::string_view before,
                               std::string_view after) {
    std::string out;
    for (;;) {
        const auto at = line.find(before);
        if (at == std::string_view::npos) return out += line;
        const auto end = at + before.size();
        const bool is_word = (at == 0 || line[at - 1] == '=' || ends_word(line[at - 1])) &&
                             (end == line.size() || ends_word(line[end]));
        out += line.substr(0, at);
        line.remove_prefix(end);
        out += is_word ? after : before;
        // A word that goes takes one of the blanks around it along.
        if (!is_word || !after.empty()) continue;
        if (line.starts_with(' '))
            line.remove_prefix(1);
        else if (out.ends_with(' '))
            out.pop_back();
    }
}

}  // namespace

Result<std::string> set_kernel_argument(std::string_view text, const ArgumentChange& change) {
    auto file = ShellAssignments::parse(std::string(text));
    const auto argument = change.key + '=' + change.value;
    // Of two, the later word wins, and the defaults come last.
    if (!change.keeps_others)
        if (auto done = drop(file, kDefault, change.key); !done)
            return std::unexpected(done.error());
    const auto now = file.value(kAll).value_or("");
    if (says(now, change)) return file.text();
    if (!is_computed(now)) {
        file.set(kAll, with(now, change));
    } else {
        if (!change.keeps_others && without(now, change.key) != now)
            return failure(Errc::unsupported, std::string(kAll) + " is computed by the shell");
        auto after = file.text();
        if (!after.ends_with('\n')) after += '\n';
        after += std::string(kAll) + "=\"$" + std::string(kAll) + ' ' + argument + "\"\n";
        file = ShellAssignments::parse(std::move(after));
    }
    if (!says(file.value(kAll).value_or(""), change))
        return failure(Errc::unsupported, std::string(kAll) + " could not be set");
    return file.text();
}

Result<std::string> drop_kernel_argument(std::string_view text, std::string_view key) {
    auto file = ShellAssignments::parse(std::string(text));
    for (const auto name : {kAll, kDefault})
        if (auto done = drop(file, name, key); !done) return std::unexpected(done.error());
    return file.text();
}

std::string set_argument(std::string_view line, const ArgumentChange& change) {
    return says(line, change) ? std::string(line) : with(line, change);
}

std::string set_legacy_kernel_argument(std::string_view text, const ArgumentChange& change) {
    TextLines lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto words = words_of(lines[i]);
        // Xen's hypervisor is a kernel line too: the kernel of Linux is its first module.
        const bool is_linux = words.size() > 1 && words[0] == "kernel" &&
                              !contains(words[1], "xen") && !contains(words[1], "memtest");
        const bool is_kept = words.size() > 1 && words[0] == "#" && words[1].starts_with("kopt=");
        if (is_linux || is_kept) lines.replace(i, set_argument(lines[i], change));
    }
    return lines.str();
}

std::string set_legacy_command(std::string_view text, std::string_view command,
                               std::string_view value) {
    TextLines lines(text);
    const auto wanted = std::string(command) + ' ' + std::string(value);
    std::size_t title = lines.size();
    bool is_set = false;
    for (std::size_t i = 0; i < lines.size() && title == lines.size(); ++i) {
        const auto words = words_of(lines[i], " \t=");
        if (words.empty()) continue;
        if (words[0] == "title") title = i;
        if (words[0] != command) continue;
        lines.replace(i, wanted);
        is_set = true;
    }
    if (!is_set) lines.insert(title, wanted);
    return lines.str();
}

std::string set_entry_kernel_argument(std::string_view text, const ArgumentChange& change,
                                      bool in_kernelopts) {
    TextLines lines(text);
    bool has_word = false;
    for (std::size_t i = lines.size(); i-- > 0;) {
        const auto words = words_of(lines[i]);
        if (words.empty() || words[0] != "options") continue;
        // The last of several lines gets the word: the later one wins.
        const bool is_computed_there =
            in_kernelopts && std::ranges::find(words, "$kernelopts") != words.end();
        if (has_word || is_computed_there) {
            if (!change.keeps_others && !(has_word && says(lines[i], change)))
                lines.replace(i, without(lines[i], change.key));
        } else {
            lines.replace(i, set_argument(lines[i], change));
        }
        has_word = true;
    }
    return lines.str();
}

std::string replace_kernel_argument(std::string_view text, std::string_view before,
                                    std::string_view after) {
    TextLines lines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto words = words_of(lines[i]);
        const bool is_comment = !words.empty() && words[0].starts_with('#');
        const bool is_kept = words.size() > 1 && words[0] == "#" && words[1].starts_with("kopt");
        if (!is_comment || is_kept) lines.replace(i, with_word_replaced(lines[i], before, after));
    }
    return lines.str();
}

}  // namespace guestprep
