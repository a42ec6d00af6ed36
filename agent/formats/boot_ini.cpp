// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/boot_ini.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr char kEndOfText = 0x1a;  ///< of DOS

enum class Section : std::uint8_t { none, loader, systems, other };

/// The section that a line opens; nothing where it opens none.
std::optional<Section> section_of(std::string_view line) {
    if (!line.starts_with('[')) return std::nullopt;
    const auto name = trimmed(line.substr(1, line.find(']') - 1));
    // The second name of each is what Windows NT's first loaders called it.
    if (equal_ignoring_case(name, "boot loader") || equal_ignoring_case(name, "flexboot"))
        return Section::loader;
    if (equal_ignoring_case(name, "operating systems") || equal_ignoring_case(name, "multiboot"))
        return Section::systems;
    return Section::other;
}

bool is_comment(std::string_view line) { return line.starts_with(';'); }

std::string_view before_equals(std::string_view line) {
    return trimmed(line.substr(0, line.find('=')));
}

/// Where the switches begin: after the title's second quote, or at the first blank and slash of a
/// title without quotes.
std::size_t switches_start(std::string_view line) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return line.size();
    const auto open = line.find_first_not_of(" \t", equals + 1);
    if (open != std::string_view::npos && line[open] == '"') {
        const auto close = line.find('"', open + 1);
        return close == std::string_view::npos ? line.size() : close + 1;
    }
    for (auto at = equals + 1; at + 1 < line.size(); ++at)
        if ((line[at] == ' ' || line[at] == '\t') && line[at + 1] == '/') return at;
    return line.size();
}

bool is_switch(std::string_view word, std::string_view name) {
    if (!equal_ignoring_case(word.substr(0, name.size()), name)) return false;
    return word.size() == name.size() || word[name.size()] == ':' || word[name.size()] == '=';
}

/// Every switch begins with a slash; "/a/b" are two.
std::vector<std::string> switches_of(std::string_view text) {
    std::vector<std::string> found;
    for (const auto word : words_of(text))
        for (std::size_t at = 0; at < word.size();) {
            const auto end = std::min(word.find('/', at + 1), word.size());
            if (word[at] == '/') found.emplace_back(word.substr(at, end - at));
            at = end;
        }
    return found;
}

BootIniEntry entry_of(std::string_view line, std::size_t number) {
    BootIniEntry entry{.path = std::string(before_equals(line)), .title = {}, .switches = {}};
    entry.line = number;
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return entry;
    const auto start = switches_start(line);
    auto title = trimmed(line.substr(equals + 1, start - equals - 1));
    if (title.starts_with('"')) title.remove_prefix(1);
    if (title.ends_with('"')) title.remove_suffix(1);
    entry.title = title;
    entry.switches = switches_of(line.substr(start));
    return entry;
}

/// The line without every switch of that name and the blanks before it.
std::string without_switch(const std::string& line, std::string_view name) {
    std::string kept = line.substr(0, switches_start(line));
    auto rest = std::string_view(line).substr(kept.size());
    while (!rest.empty()) {
        const auto slash = std::min(rest.find('/'), rest.size());
        auto end = slash == rest.size() ? slash : rest.find_first_of("/ \t", slash + 1);
        end = std::min(end, rest.size());
        if (!is_switch(rest.substr(slash, end - slash), name)) kept += rest.substr(0, end);
        rest.remove_prefix(end);
    }
    return kept;
}

}  // namespace

bool BootIniEntry::has(std::string_view name) const {
    return std::ranges::any_of(switches,
                               [&](const std::string& one) { return is_switch(one, name); });
}

std::optional<std::string> BootIniEntry::value(std::string_view name) const {
    for (const auto& one : switches)
        if (is_switch(one, name))
            return one.size() == name.size() ? std::string() : one.substr(name.size() + 1);
    return std::nullopt;
}

BootIni::BootIni(std::string_view text) : lines_(text) { parse(); }

const BootIniEntry* BootIni::default_entry() const {
    if (has_two_defaults_) return nullptr;
    for (const auto& entry : entries_)
        if (!default_path_ || equal_ignoring_case(entry.path, *default_path_)) return &entry;
    return nullptr;
}

void BootIni::take_setting(std::string_view line, std::size_t number) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos) return;
    const auto name = before_equals(line);
    auto value = std::string(trimmed(line.substr(equals + 1)));
    if (equal_ignoring_case(name, "default")) {
        has_two_defaults_ =
            has_two_defaults_ || (default_path_ && !equal_ignoring_case(*default_path_, value));
        default_path_ = std::move(value);
        default_line_ = number;
    } else if (equal_ignoring_case(name, "redirect") && !value.empty()) {
        redirect_ = std::move(value);
        redirect_line_ = number;
    }
}

void BootIni::parse() {
    entries_.clear();
    default_path_.reset();
    redirect_.reset();
    has_two_defaults_ = has_systems_ = false;
    auto section = Section::none;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto line = trimmed(lines_[i]);
        if (line.starts_with(kEndOfText)) break;
        if (line.empty() || is_comment(line)) continue;
        if (const auto opened = section_of(line)) {
            section = *opened;
            has_systems_ = has_systems_ || section == Section::systems;
        } else if (section == Section::loader) {
            take_setting(line, i + 1);
        } else if (section == Section::systems) {
            entries_.push_back(entry_of(line, i + 1));
        }
    }
}

void BootIni::remove_switch(std::size_t line, std::string_view name) {
    for (const auto& entry : entries_)
        if (entry.line == line) lines_.replace(line - 1, without_switch(lines_[line - 1], name));
    parse();
}

void BootIni::switch_redirection_off() {
    auto section = Section::none;
    for (std::size_t i = 0; i < lines_.size();) {
        const auto line = trimmed(lines_[i]);
        if (line.starts_with(kEndOfText)) break;
        if (const auto opened = section_of(line)) section = *opened;
        const bool counts = !line.empty() && !is_comment(line);
        const auto name = before_equals(line);
        if (counts && section == Section::loader &&
            (equal_ignoring_case(name, "redirect") ||
             equal_ignoring_case(name, "redirectbaudrate"))) {
            lines_.erase(i);
            continue;
        }
        if (counts && section == Section::systems) {
            auto kept = without_switch(lines_[i], "/redirect");
            if (kept != lines_[i]) lines_.replace(i, std::move(kept));
        }
        ++i;
    }
    parse();
}

}  // namespace guestprep
