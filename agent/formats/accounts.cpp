// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/accounts.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

std::optional<std::uint32_t> to_id(std::string_view text) {
    const auto number = to_number(text);
    if (!number || *number > UINT32_MAX) return std::nullopt;
    return static_cast<std::uint32_t>(*number);
}

std::optional<std::int64_t> to_days(std::string_view text) {
    const auto number = to_number(text);
    if (!number || *number > 100'000'000) return std::nullopt;  // -1 and junk: no date
    return static_cast<std::int64_t>(*number);
}

bool is_skipped(std::string_view line) { return line.empty() || line[0] == '#'; }

}  // namespace

PasswdFile parse_passwd(std::string_view text) {
    PasswdFile file;
    std::size_t number = 0;
    for (const auto line : lines_of(text)) {
        ++number;
        if (is_skipped(line)) continue;
        // "+", "+@netgroup", "-name": accounts that NIS adds or takes away.
        if (line[0] == '+' || line[0] == '-') {
            file.takes_remote_accounts |= line[0] == '+';
            continue;
        }
        const auto fields = split(line, ':');
        const auto uid = fields.size() == 7 ? to_id(fields[2]) : std::nullopt;
        const auto gid = fields.size() == 7 ? to_id(fields[3]) : std::nullopt;
        if (!uid || !gid || fields[0].empty()) {
            file.malformed.push_back(number);
            continue;
        }
        file.entries.push_back({.name = std::string(fields[0]),
                                .uid = *uid,
                                .gid = *gid,
                                .home = std::string(fields[5]),
                                .shell = std::string(fields[6]),
                                .in_shadow = fields[1] == "x",
                                .no_password = fields[1].empty(),
                                .line = number});
    }
    return file;
}

PasswordState password_state(std::string_view field) {
    if (field.empty()) return PasswordState::empty;
    if (field[0] == '!' || field[0] == '*' || field == "x" || field == "NP" || field == "LK")
        return PasswordState::locked;
    if (field[0] == '$') {
        // "$6$salt$hash": without a third '$' nothing that crypt(3) could have made.
        return std::ranges::count(field, '$') >= 3 ? PasswordState::hash : PasswordState::other;
    }
    const bool des = field.size() == 13 || (field[0] == '_' && field.size() == 20);
    return des ? PasswordState::hash : PasswordState::other;
}

ShadowFile parse_shadow(std::string_view text) {
    ShadowFile file;
    std::size_t number = 0;
    for (const auto line : lines_of(text)) {
        ++number;
        if (is_skipped(line)) continue;
        const auto fields = split(line, ':');
        if (fields.size() != 9) file.without_nine_fields.push_back(number);
        if (fields.size() < 2 || fields[0].empty() || fields[0][0] == '+') continue;
        const auto field = [&](std::size_t i) {
            return i < fields.size() ? fields[i] : std::string_view();
        };
        ShadowEntry entry{.name = std::string(fields[0]),
                          .password = password_state(fields[1]),
                          .refused_without_pam = fields[1].starts_with('!'),
                          .changed = to_days(field(2)),
                          .maximum = to_days(field(4)),
                          .inactive = to_days(field(6)),
                          .expires = to_days(field(7)),
                          .line = number};
        if (entry.password == PasswordState::hash && fields[1][0] == '$')
            entry.scheme = fields[1].substr(0, fields[1].find('$', 1) + 1);
        file.entries.push_back(std::move(entry));
    }
    return file;
}

std::string ShadowEntry::expired_on(std::int64_t day) const {
    if (expires && *expires > 0 && day >= *expires) return "the account has expired";
    if (password == PasswordState::hash && changed && *changed > 0 && maximum && inactive &&
        day > *changed + *maximum + *inactive)
        return "the password has expired, and the time to change it has passed";
    return {};
}

GroupFile parse_group(std::string_view text) {
    GroupFile file;
    std::size_t number = 0;
    for (const auto line : lines_of(text)) {
        ++number;
        if (is_skipped(line) || line[0] == '+' || line[0] == '-') continue;
        const auto fields = split(line, ':');
        const auto gid = fields.size() == 4 ? to_id(fields[2]) : std::nullopt;
        if (!gid || fields[0].empty()) {
            file.malformed.push_back(number);
            continue;
        }
        GroupEntry entry{std::string(fields[0]), *gid, {}, number};
        for (const auto member : split(fields[3], ','))
            if (!trimmed(member).empty()) entry.members.emplace_back(trimmed(member));
        file.entries.push_back(std::move(entry));
    }
    return file;
}

std::optional<std::uint32_t> uid_min(std::string_view login_defs) {
    std::optional<std::uint32_t> found;
    for (const auto line : lines_of(login_defs)) {
        const auto words = words_of(line);
        if (words.size() >= 2 && words[0] == "UID_MIN") found = to_id(words[1]);
    }
    return found;
}

bool is_login_shell(std::string_view shell) {
    constexpr std::string_view kNoShell[] = {
        "nologin", "false",    "true",      "sync",    "halt", "shutdown",
        "reboot",  "poweroff", "git-shell", "scponly", "rssh", "nosh",
        "bzr",     "cvs",      "passwd",    "menush",  "pppd", "sftp-server",
        "noshell", "scponlyc", "ftponly",   "locked"};
    if (shell.empty()) return true;
    const auto name = shell.substr(shell.rfind('/') + 1);
    return shell != "/dev/null" && std::ranges::find(kNoShell, name) == std::end(kNoShell);
}

std::vector<std::string> nsswitch_sources(std::string_view text, std::string_view database) {
    for (const auto raw : lines_of(text)) {
        const auto line = raw.substr(0, raw.find('#'));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || trimmed(line.substr(0, colon)) != database) continue;
        std::vector<std::string> sources;
        bool in_action = false;
        for (const auto word : words_of(line.substr(colon + 1))) {
            if (word.starts_with('[')) in_action = true;
            if (!in_action) sources.emplace_back(word);
            if (word.ends_with(']')) in_action = false;
        }
        return sources;
    }
    return {};
}

}  // namespace guestprep
