// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/interfaces.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

std::string joined(const std::vector<std::string_view>& words, std::size_t from) {
    std::string out;
    for (std::size_t i = from; i < words.size(); ++i) {
        if (i > from) out += ' ';
        out += words[i];
    }
    return out;
}

void add_words(const std::vector<std::string_view>& words, std::size_t line,
               std::vector<InterfacesWord>& to) {
    for (std::size_t i = 1; i < words.size(); ++i) to.push_back({std::string(words[i]), line});
}

IfaceStanza stanza_of(const std::vector<std::string_view>& words, std::size_t line) {
    IfaceStanza out;
    out.line = line;
    if (words.size() > 1) out.name = words[1];
    std::size_t next = 2;
    if (words.size() > 3 && words[2] != "inherits") {
        out.family = words[2];
        out.method = words[3];
        next = 4;
    }
    for (; next + 1 < words.size(); ++next)
        if (words[next] == "inherits") out.inherits.emplace_back(words[next + 1]);
    return out;
}

}  // namespace

const InterfacesOption* IfaceStanza::option(std::string_view key) const {
    const auto found = std::ranges::find(options, key, &InterfacesOption::key);
    return found == options.end() ? nullptr : &*found;
}

InterfacesFile::InterfacesFile(std::string_view text) : lines_(text) { parse(); }

void InterfacesFile::parse() {
    auto_names.clear();
    hotplug_names.clear();
    mapped_names.clear();
    renamed.clear();
    stanzas.clear();
    sources.clear();
    misplaced.clear();
    inside_ = Inside::none;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
        const auto first = i + 1;
        // A comment is one line: a backslash at its end joins nothing.
        if (trimmed(lines_[i]).starts_with('#')) continue;
        auto text = lines_[i];
        while (text.ends_with('\\')) {
            text.pop_back();
            if (i + 1 >= lines_.size()) break;
            text += lines_[++i];
        }
        statement(text, first);
    }
}

void InterfacesFile::statement(const std::string& text, std::size_t line) {
    const auto words = words_of(text);
    if (words.empty()) return;
    const auto word = words[0];
    const auto inside_before = inside_;
    inside_ = Inside::none;
    if (word == "auto" || word == "allow-auto") {
        add_words(words, line, auto_names);
    } else if (word == "allow-hotplug") {
        add_words(words, line, hotplug_names);
    } else if (word == "rename") {
        add_words(words, line, renamed);
    } else if (word == "source" || word == "source-directory") {
        sources.push_back(
            {word == "source-directory", joined(words, 0), joined(words, 1), line, stanzas.size()});
    } else if (word == "iface") {
        stanzas.push_back(stanza_of(words, line));
        inside_ = Inside::iface;
    } else if (word == "mapping") {
        add_words(words, line, mapped_names);
        inside_ = Inside::mapping;
    } else if (word.starts_with("allow-") || word.starts_with("no-auto-down") ||
               word.starts_with("no-scripts") || word == "template") {
        // Known, and nothing that decides what starts at boot.
    } else if (inside_before == Inside::iface) {
        stanzas.back().options.push_back({std::string(word), joined(words, 1), line});
        inside_ = inside_before;
    } else if (inside_before == Inside::mapping) {
        inside_ = inside_before;
    } else {
        misplaced.push_back(line);
    }
}

void InterfacesFile::set_method(const IfaceStanza& stanza, std::string_view method) {
    auto line = lines_[stanza.line - 1];
    const auto words = words_of(line);
    if (words.size() < 4 || words[3] != stanza.method) return;
    const auto at = static_cast<std::size_t>(words[3].data() - line.data());
    line.replace(at, words[3].size(), method);
    lines_.replace(stanza.line - 1, std::move(line));
    parse();
}

void InterfacesFile::comment_out(const InterfacesOption& option) {
    // A continued option is several lines.
    for (auto at = option.line - 1; at < lines_.size(); ++at) {
        const bool continues = lines_[at].ends_with('\\');
        lines_.replace(at, '#' + lines_[at]);
        if (!continues) break;
    }
    parse();
}

bool interfaces_name_matches(std::string_view pattern, std::string_view interface) {
    pattern = pattern.substr(0, pattern.find('='));
    if (!pattern.starts_with('/')) return pattern == interface;
    // "/eth*/2" is the second of them, "/mac/..." one by its address: only the plain form is known.
    pattern.remove_prefix(1);
    return matches_glob(pattern.substr(0, pattern.find('/')), interface);
}

}  // namespace guestprep
