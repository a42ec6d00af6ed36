// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// A line of /etc/passwd. The password field is not kept.
struct PasswdEntry {
    std::string name;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::string home;
    std::string shell;         ///< empty: /bin/sh
    bool in_shadow = true;     ///< the password field says "x": look in /etc/shadow
    bool no_password = false;  ///< the password field is empty: no password is asked for
    std::size_t line = 0;
};

struct PasswdFile {
    std::vector<PasswdEntry> entries;
    std::vector<std::size_t> malformed;  ///< numbers of lines that the C library skips
    bool takes_remote_accounts = false;  ///< "+" lines: NIS
};
[[nodiscard]] PasswdFile parse_passwd(std::string_view text);

/// What a password field holds; the field itself never leaves the parser.
enum class PasswordState : std::uint8_t { hash, locked, empty, other, unknown };
constexpr std::array<std::string_view, 5> enum_names(PasswordState) {
    return {"hash", "locked", "empty", "other", "unknown"};
}
[[nodiscard]] PasswordState password_state(std::string_view field);

/// A line of /etc/shadow without its hash. Days count from 1970-01-01.
struct ShadowEntry {
    std::string name;
    PasswordState password = PasswordState::unknown;
    /// Begins with '!': sshd refuses the account altogether where it does not use PAM.
    bool refused_without_pam = false;
    std::string scheme;  ///< "$6$"; empty where there is no hash or it is an old DES one
    std::optional<std::int64_t> changed;   ///< day of the last change; 0: must be changed now
    std::optional<std::int64_t> maximum;   ///< days after which the password must be changed
    std::optional<std::int64_t> inactive;  ///< days after that for which the account still works
    std::optional<std::int64_t> expires;   ///< day on which the account ends
    std::size_t line = 0;

    /// Why nobody can log in on that day, by the account's own dates; empty if one can.
    [[nodiscard]] std::string expired_on(std::int64_t day) const;
};

struct ShadowFile {
    std::vector<ShadowEntry> entries;
    std::vector<std::size_t> without_nine_fields;
};
[[nodiscard]] ShadowFile parse_shadow(std::string_view text);

struct GroupEntry {
    std::string name;
    std::uint32_t gid = 0;
    std::vector<std::string> members;
    std::size_t line = 0;
};
struct GroupFile {
    std::vector<GroupEntry> entries;
    std::vector<std::size_t> malformed;
};
[[nodiscard]] GroupFile parse_group(std::string_view text);

/// UID_MIN of /etc/login.defs.
[[nodiscard]] std::optional<std::uint32_t> uid_min(std::string_view login_defs);

/// Programs that take a login and end it, or serve one purpose: /sbin/nologin, git-shell ...
[[nodiscard]] bool is_login_shell(std::string_view shell);

/// The sources of a database in nsswitch.conf, without the actions in brackets.
[[nodiscard]] std::vector<std::string> nsswitch_sources(std::string_view text,
                                                        std::string_view database);

}  // namespace guestprep
