// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/systemd_unit.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

bool is_comment(std::string_view line) { return line.starts_with('#') || line.starts_with(';'); }

/// Lines joined where one ends in a backslash; comments between them do not break the join.
struct Joined {
    std::string text;
    std::size_t line;
};

std::vector<Joined> joined_lines(std::string_view text) {
    std::vector<Joined> out;
    bool open = false;
    std::size_t number = 0;
    for (const auto raw : lines_of(text)) {
        ++number;
        const auto line = trimmed(raw);
        if (is_comment(line)) continue;
        const bool continues = line.ends_with('\\');
        auto part = std::string(continues ? line.substr(0, line.size() - 1) : line);
        if (open)
            out.back().text += ' ' + part;
        else if (!part.empty())
            out.push_back({std::move(part), number});
        open = continues && !out.empty();
    }
    return out;
}

}  // namespace

SystemdUnit parse_systemd_unit(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    SystemdUnit unit;
    std::string section;
    for (const auto& [line, number] : joined_lines(text)) {
        if (line.starts_with('[') && line.ends_with(']')) {
            section = line.substr(1, line.size() - 2);
            unit.sections.push_back(section);
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string::npos) continue;
        const std::string_view all = line;
        unit.entries.push_back({section, std::string(trimmed(all.substr(0, equals))),
                                std::string(trimmed(all.substr(equals + 1))), number});
    }
    return unit;
}

bool SystemdUnit::has_section(std::string_view name) const {
    return std::ranges::find(sections, name) != sections.end();
}

std::string_view SystemdUnit::value(std::string_view section, std::string_view key) const {
    std::string_view last;
    for (const auto& entry : entries)
        if (entry.section == section && entry.key == key) last = entry.value;
    return last;
}

std::vector<std::string> SystemdUnit::words(std::string_view section, std::string_view key) const {
    std::vector<std::string> out;
    for (const auto& entry : entries) {
        if (entry.section != section || entry.key != key) continue;
        if (entry.value.empty()) out.clear();
        for (const auto word : words_of(entry.value)) out.emplace_back(word);
    }
    return out;
}

}  // namespace guestprep
