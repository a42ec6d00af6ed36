// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/sudoers.h"

#include <algorithm>
#include <map>

#include "agent/core/text.h"

namespace guestprep {
namespace {

struct Joined {
    std::string text;
    std::size_t line;
};

/// Lines with those that a backslash continues.
std::vector<Joined> joined_lines(std::string_view text) {
    std::vector<Joined> out;
    bool open = false;
    std::size_t number = 0;
    for (auto line : lines_of(text)) {
        ++number;
        const bool continues = line.ends_with('\\');
        if (continues) line.remove_suffix(1);
        if (open)
            out.back().text += line;
        else
            out.push_back({std::string(line), number});
        open = continues;
    }
    return out;
}

std::string_view without_comment(std::string_view line) {
    // "#1000" is a user's number, "#include" a directive.
    for (auto at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
        const bool number = at + 1 < line.size() && line[at + 1] >= '0' && line[at + 1] <= '9';
        if (!number && (at == 0 || line[at - 1] != '\\')) return line.substr(0, at);
    }
    return line;
}

std::string unquoted(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
        text = text.substr(1, text.size() - 2);
    return std::string(text);
}

bool read_include(std::string_view line, Sudoers& out) {
    for (const std::string_view mark : {"#", "@"}) {
        if (!line.starts_with(mark)) continue;
        const auto words = words_of(line.substr(1));
        if (words.size() < 2) continue;
        const auto name = unquoted(line.substr(1 + words[0].size()));
        if (words[0] == "include") out.include_files.push_back(name);
        if (words[0] == "includedir") out.include_folders.push_back(name);
        if (words[0] == "include" || words[0] == "includedir") return true;
    }
    return false;
}

/// "ALL=(ALL:ALL) NOPASSWD: ALL": does one of its commands stand for all of them, as root?
bool grants_everything(std::string_view grant, bool& no_password) {
    const auto equals = grant.find('=');
    if (equals == std::string_view::npos) return false;
    const auto hosts = trimmed(grant.substr(0, equals));
    auto commands = trimmed(grant.substr(equals + 1));
    if (hosts != "ALL") return false;  // the host gets another name
    if (commands.starts_with('(')) {
        const auto close = commands.find(')');
        if (close == std::string_view::npos) return false;
        const auto users = trimmed(commands.substr(1, std::min(commands.find(':'), close) - 1));
        if (!users.starts_with("ALL") && users != "root") return false;
        commands = trimmed(commands.substr(close + 1));
    }
    for (auto colon = commands.find(':'); colon != std::string_view::npos;
         colon = commands.find(':')) {
        const auto tag = trimmed(commands.substr(0, colon));
        if (tag.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != std::string_view::npos) break;
        no_password |= tag == "NOPASSWD";
        commands = trimmed(commands.substr(colon + 1));
    }
    for (const auto command : split(commands, ','))
        if (trimmed(command) == "ALL") return true;
    return false;
}

}  // namespace

Sudoers parse_sudoers(std::string_view text) {
    Sudoers out;
    std::map<std::string, std::vector<std::string>, std::less<>> aliases;
    for (const auto& [joined, number] : joined_lines(text)) {
        if (read_include(trimmed(joined), out)) continue;
        const auto line = trimmed(without_comment(joined));
        const auto words = words_of(line);
        if (words.size() < 2 || words[0].starts_with("Defaults")) continue;
        if (words[0] == "User_Alias") {
            const auto rest = trimmed(line.substr(words[0].size()));
            const auto equals = rest.find('=');
            if (equals == std::string_view::npos) continue;
            for (const auto user : split(rest.substr(equals + 1), ','))
                aliases[std::string(trimmed(rest.substr(0, equals)))].push_back(unquoted(user));
            continue;
        }
        if (words[0].ends_with("_Alias")) continue;
        // The users end at the last word before "HOST=": "alice, bob ALL=(ALL) ALL".
        const auto equals = line.find('=');
        if (equals == std::string_view::npos) continue;
        const auto left = trimmed(line.substr(0, equals));
        const auto blank = left.find_last_of(" \t");
        if (blank == std::string_view::npos) continue;
        bool no_password = false;
        if (!grants_everything(line.substr(blank + 1), no_password)) continue;
        for (const auto part : split(left.substr(0, blank), ',')) {
            const auto who = unquoted(part);
            const auto alias = aliases.find(who);
            if (alias == aliases.end())
                out.rules.push_back({who, no_password, number});
            else
                for (const auto& user : alias->second)
                    out.rules.push_back({user, no_password, number});
        }
    }
    return out;
}

bool is_sudoers_file_name(std::string_view name) {
    return !name.empty() && name.find('.') == std::string_view::npos && !name.ends_with('~');
}

}  // namespace guestprep
