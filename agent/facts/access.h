// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/core/truth.h"
#include "agent/facts/services.h"
#include "agent/formats/accounts.h"

namespace guestprep {

/// A line that a configuration was judged by.
struct SettingLine {
    std::string where;  ///< "/etc/ssh/sshd_config:12"
    std::string text;

    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("text", self.text);
    }
};

struct SshListener {
    std::string host;  ///< empty: every address
    std::uint16_t port = 22;
    std::string where;  ///< empty: by default

    static void fields(auto& self, auto&& visit) {
        visit("host", self.host);
        visit("port", self.port);
        visit("where", self.where);
    }
};

struct SshServer {
    Fact<std::string> program;       ///< "/usr/sbin/sshd"; absent where there is no OpenSSH server
    Fact<std::string> version;       ///< "9.2", out of the program's file
    bool uses_hosts_access = false;  ///< linked with libwrap: /etc/hosts.deny counts
    std::string other_server;        ///< "/usr/sbin/dropbear", where that is there
    ServiceState service;
    ServiceState socket;
    std::string switched_off_by;  ///< a file whose presence keeps sshd from starting

    Fact<std::string> config;           ///< path of the configuration that was read
    std::vector<SettingLine> problems;  ///< lines that sshd refuses to start with
    std::vector<SettingLine> doubts;    ///< lines that a newer release might take
    std::vector<std::string> unread;    ///< included files that could not be read
    /// What "sshd -t" said of the configuration, where it could be asked; empty for nothing.
    Fact<std::string> self_test;

    std::vector<SshListener> listeners;
    SettingLine address_family;              ///< where one is set: "inet6"
    std::vector<std::string> host_keys;      ///< that sshd can load
    std::vector<SettingLine> bad_host_keys;  ///< that are there and that it will not load
    std::string key_generator;               ///< what makes host keys before sshd starts

    static void fields(auto& self, auto&& visit) {
        visit("program", self.program);
        visit("version", self.version);
        visit("uses_hosts_access", self.uses_hosts_access);
        visit("other_server", self.other_server);
        visit("service", self.service);
        visit("socket", self.socket);
        visit("switched_off_by", self.switched_off_by);
        visit("config", self.config);
        visit("problems", self.problems);
        visit("doubts", self.doubts);
        visit("unread", self.unread);
        visit("self_test", self.self_test);
        visit("listeners", self.listeners);
        visit("address_family", self.address_family);
        visit("host_keys", self.host_keys);
        visit("bad_host_keys", self.bad_host_keys);
        visit("key_generator", self.key_generator);
    }
};

/// A key file or a folder above it whose mode or owner keeps sshd from the keys.
struct KeyPlace {
    std::string path;
    std::uint32_t permissions = 0, uid = 0, gid = 0;  ///< as they are
    std::uint32_t wanted_permissions = 0, wanted_uid = 0;

    static void fields(auto& self, auto&& visit) {
        visit("path", self.path);
        visit("permissions", self.permissions);
        visit("uid", self.uid);
        visit("gid", self.gid);
        visit("wanted_permissions", self.wanted_permissions);
        visit("wanted_uid", self.wanted_uid);
    }
};

/// One file that may hold keys of an account.
struct KeyFile {
    std::string path;
    std::uint32_t usable = 0;   ///< keys that open a shell from anywhere
    std::uint32_t limited = 0;  ///< forced command, from=, expired, of a kind this sshd refuses ...
    std::uint32_t bad_lines = 0;
    std::string trouble;  ///< why sshd passes the file over: an owner, a mode
    std::string unread;   ///< why we could not look
    /// What would have to change for the trouble to be gone; empty where a person has to decide.
    std::vector<KeyPlace> mendable;

    static void fields(auto& self, auto&& visit) {
        visit("path", self.path);
        visit("usable", self.usable);
        visit("limited", self.limited);
        visit("bad_lines", self.bad_lines);
        visit("trouble", self.trouble);
        visit("unread", self.unread);
        visit("mendable", self.mendable);
    }
};

/// An account with a shell, and what sshd makes of it.
struct LoginUser {
    std::string name;
    std::uint32_t uid = 0;
    std::string where;            ///< "/etc/passwd:31"
    bool system_account = false;  ///< below UID_MIN
    std::string home;
    bool home_is_missing = false;
    PasswordState password = PasswordState::unknown;
    /// Why no login of this account opens a shell, and where that stands; empty if one can.
    SettingLine refused;
    bool keys_allowed = true;
    bool passwords_allowed = true;
    bool empty_password_allowed = false;
    SettingLine methods;  ///< where AuthenticationMethods decides
    bool key_suffices = true;
    bool password_suffices = true;
    bool key_and_password_suffice = false;
    std::vector<KeyFile> key_files;
    /// AuthorizedKeysCommand or TrustedUserCAKeys: keys that no file of the account holds.
    SettingLine keys_elsewhere;
    Truth administrator = Truth::no;
    std::string administrator_by;  ///< "/etc/sudoers:20: %wheel"

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("uid", self.uid);
        visit("where", self.where);
        visit("system_account", self.system_account);
        visit("home", self.home);
        visit("home_is_missing", self.home_is_missing);
        visit("password", self.password);
        visit("refused", self.refused);
        visit("keys_allowed", self.keys_allowed);
        visit("passwords_allowed", self.passwords_allowed);
        visit("empty_password_allowed", self.empty_password_allowed);
        visit("methods", self.methods);
        visit("key_suffices", self.key_suffices);
        visit("password_suffices", self.password_suffices);
        visit("key_and_password_suffice", self.key_and_password_suffice);
        visit("key_files", self.key_files);
        visit("keys_elsewhere", self.keys_elsewhere);
        visit("administrator", self.administrator);
        visit("administrator_by", self.administrator_by);
    }

    /// Is there a key that sshd takes for this account?
    [[nodiscard]] Truth has_key() const;
    [[nodiscard]] Truth has_password() const;
    /// Does a key (where need be with the password) open a shell?
    [[nodiscard]] Truth key_login() const;
    /// Does the password alone?
    [[nodiscard]] Truth password_login() const;
    /// Why `key_login` is not yes, in one line.
    [[nodiscard]] std::string why_no_key_login() const;
};

/// Can anybody who gets in become root, by sudo or by su with root's password?
[[nodiscard]] bool somebody_becomes_root(const std::vector<LoginUser>& users);

struct AccessFacts {
    /// TCP ports on which SSH will listen after the next boot; {22} where nothing says otherwise.
    /// Absent where there is no server.
    Fact<std::vector<std::uint16_t>> ssh_ports;
    SshServer ssh;
    Fact<std::vector<LoginUser>> users;          ///< root first, then by their lines
    std::uint32_t users_left_out = 0;            ///< beyond the number that is looked at
    SettingLine nologin;                         ///< /etc/nologin, where it is there
    Fact<std::vector<std::string>> hosts_allow;  ///< lines of /etc/hosts.allow
    Fact<std::vector<std::string>> hosts_deny;
    Fact<std::vector<std::string>> remote_accounts;  ///< "sss", "ldap", "winbind", "nis"
    ServiceState cloud_init;

    static void fields(auto& self, auto&& visit) {
        visit("ssh_ports", self.ssh_ports);
        visit("ssh", self.ssh);
        visit("users", self.users);
        visit("users_left_out", self.users_left_out);
        visit("nologin", self.nologin);
        visit("hosts_allow", self.hosts_allow);
        visit("hosts_deny", self.hosts_deny);
        visit("remote_accounts", self.remote_accounts);
        visit("cloud_init", self.cloud_init);
    }
};

}  // namespace guestprep
