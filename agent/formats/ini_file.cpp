// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ini_file.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

bool is_comment(std::string_view line, IniDialect dialect) {
    return line.starts_with('#') || (dialect == IniDialect::systemd && line.starts_with(';'));
}

bool goes_on(std::string_view line, IniDialect dialect) {
    return dialect == IniDialect::systemd && trimmed(line).ends_with('\\');
}

/// "[name]" or nothing.
std::optional<std::string_view> section_name(std::string_view line) {
    if (!line.starts_with('[')) return std::nullopt;
    const auto end = line.rfind(']');
    if (end == std::string_view::npos) return std::nullopt;
    return line.substr(1, end - 1);
}

}  // namespace

IniFile::IniFile(std::string_view text, IniDialect dialect) : lines_(text), dialect_(dialect) {
    parse();
}

void IniFile::parse() {
    entries_.clear();
    sections_.clear();
    before_.clear();
    malformed_.clear();
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto first = i + 1;
        std::string_view line = lines_[i];
        if (i == 0 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
        line = trimmed(line);
        if (line.empty() || is_comment(line, dialect_)) continue;
        std::string text(line);
        while (dialect_ == IniDialect::systemd && text.ends_with('\\') && i + 1 < lines_.size()) {
            const auto next = trimmed(lines_[++i]);
            if (is_comment(next, dialect_)) continue;
            text.back() = ' ';
            text += next;
        }
        statement(text, first);
    }
}

void IniFile::statement(const std::string& text, std::size_t line) {
    if (const auto name = section_name(text)) {
        sections_.emplace_back(*name);
        return;
    }
    if (sections_.empty()) {
        before_.push_back(line);
        return;
    }
    const std::string_view all = text;
    const auto equals = all.find('=');
    if (equals == std::string_view::npos || trimmed(all.substr(0, equals)).empty()) {
        malformed_.push_back(line);
        return;
    }
    entries_.push_back({sections_.back(), std::string(trimmed(all.substr(0, equals))),
                        std::string(trimmed(all.substr(equals + 1))), line, sections_.size() - 1});
}

bool IniFile::has_section(std::string_view name) const {
    return std::ranges::find(sections_, name) != sections_.end();
}

const IniEntry* IniFile::find(std::string_view section, std::string_view key) const {
    const IniEntry* last = nullptr;
    for (const auto& entry : entries_)
        if (entry.section == section && entry.key == key) last = &entry;
    return last;
}

std::optional<std::string> IniFile::value(std::string_view section, std::string_view key) const {
    const auto* entry = find(section, key);
    if (entry == nullptr || entry->value.empty()) return std::nullopt;
    return entry->value;
}

std::size_t IniFile::end_of_section(std::string_view name) const {
    std::size_t end = lines_.size();
    bool inside = false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto line = trimmed(lines_[i]);
        if (const auto section = section_name(line)) {
            if (inside) return end;
            inside = *section == name;
        }
        // Blank lines before the next section belong to that one.
        if (inside && !line.empty()) end = i + 1;
    }
    return end;
}

void IniFile::set(std::string_view section, std::string_view key, std::string_view value) {
    if (const auto* entry = find(section, key); entry != nullptr) {
        const auto at = entry->line - 1;
        // What a backslash joined to the old value would else join the new one.
        bool joins = goes_on(lines_[at], dialect_);
        while (joins && at + 1 < lines_.size()) {
            joins =
                goes_on(lines_[at + 1], dialect_) || is_comment(trimmed(lines_[at + 1]), dialect_);
            lines_.erase(at + 1);
        }
        const auto& line = lines_[at];
        auto begin = line.find('=') + 1;
        begin = std::min(line.find_first_not_of(" \t", begin), line.size());
        lines_.replace(at, line.substr(0, begin) + std::string(value));
    } else {
        if (!has_section(section)) lines_.insert(lines_.size(), '[' + std::string(section) + ']');
        lines_.insert(end_of_section(section), std::string(key) + '=' + std::string(value));
    }
    parse();
}

void IniFile::comment_out(std::string_view section, std::string_view key) {
    for (const auto& entry : entries_) {
        if (entry.section != section || entry.key != key) continue;
        for (auto at = entry.line - 1; at < lines_.size(); ++at) {
            const bool joins = goes_on(lines_[at], dialect_);
            lines_.replace(at, '#' + lines_[at]);
            if (!joins) break;
        }
    }
    parse();
}

}  // namespace guestprep
