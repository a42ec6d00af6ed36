// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/accounts.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

TEST_CASE("passwd: lines that the C library skips are told, not taken") {
    const auto file = parse_passwd(
        "root:x:0:0::/root:/bin/bash\n# c\nbad:x:1\nbig:x:99999999999:1::/:/bin/sh\n"
        "+@net::::::\n:x:1:1::/:/\nnopass::5:5:::\n");
    REQUIRE(file.entries.size() == 2);
    CHECK(file.entries[0].in_shadow);
    CHECK(file.entries[1].no_password);
    CHECK(file.malformed == std::vector<std::size_t>{3, 4, 6});
    CHECK(file.takes_remote_accounts);
}

TEST_CASE("shadow: a password is a hash, locked, empty or something else") {
    CHECK(password_state("$6$salt$abc") == PasswordState::hash);
    CHECK(password_state("$y$j9T$salt$hash") == PasswordState::hash);
    CHECK(password_state("abcdefghijklm") == PasswordState::hash);
    CHECK(password_state("!$6$salt$abc") == PasswordState::locked);
    CHECK(password_state("!!") == PasswordState::locked);
    CHECK(password_state("*") == PasswordState::locked);
    CHECK(password_state("") == PasswordState::empty);
    CHECK(password_state("junk") == PasswordState::other);
}

TEST_CASE("shadow: accounts end by their dates") {
    const auto entry_of = [](std::string_view line) { return parse_shadow(line).entries.at(0); };
    CHECK(entry_of("a:$6$s$h:19000:0:99999:7:::").expired_on(20000).empty());
    CHECK_FALSE(entry_of("a:$6$s$h:19000:0:99999:7::19500:").expired_on(20000).empty());
    CHECK(entry_of("a:$6$s$h:19000:0:99999:7::20500:").expired_on(20000).empty());
    // An old password can still be changed at the login, until the inactive days are over.
    CHECK(entry_of("a:$6$s$h:19000:0:90:7:::").expired_on(20000).empty());
    CHECK_FALSE(entry_of("a:$6$s$h:19000:0:90:7:30::").expired_on(20000).empty());
    CHECK(entry_of("a:$6$s$h:-1:0:-1:7:-1:-1:").expired_on(20000).empty());
}

TEST_CASE("shadow: the hash is nowhere in what is kept") {
    const auto file = parse_shadow("a:$6$salt$secret:1::::::\n");
    REQUIRE(file.entries.size() == 1);
    CHECK(file.entries[0].scheme == "$6$");
    CHECK(file.entries[0].name == "a");
}

TEST_CASE("group, login.defs and nsswitch") {
    const auto file = parse_group("wheel:x:10:a, b\nbad:x\nnone:x:11:\n+:::\n");
    REQUIRE(file.entries.size() == 2);
    CHECK(file.entries[0].members == std::vector<std::string>{"a", "b"});
    CHECK(file.malformed == std::vector<std::size_t>{2});
    CHECK(uid_min("#UID_MIN 5\nUID_MIN\t\t 500\n") == 500U);
    CHECK_FALSE(uid_min("").has_value());
    CHECK(nsswitch_sources("passwd:  files [NOTFOUND=return sss] ldap # x\n", "passwd") ==
          std::vector<std::string>{"files", "ldap"});
    CHECK(nsswitch_sources("shadow: files\n", "passwd").empty());
}

TEST_CASE("shells that let nobody in") {
    CHECK(is_login_shell("/bin/bash"));
    CHECK(is_login_shell(""));
    CHECK_FALSE(is_login_shell("/usr/sbin/nologin"));
    CHECK_FALSE(is_login_shell("/bin/false"));
    CHECK_FALSE(is_login_shell("/dev/null"));
    CHECK_FALSE(is_login_shell("/usr/bin/git-shell"));
}

TEST_CASE("accounts: real files") {
    for (const auto& fixture : fixtures_of_kind("passwd")) {
        INFO(fixture.name);
        const auto file = parse_passwd(fixture.text);
        std::vector<std::string> root;
        std::vector<std::string> with_shell;
        std::vector<std::string> regular;
        std::vector<std::string> without_password;
        for (const auto& entry : file.entries) {
            if (entry.uid == 0) root.push_back(entry.name);
            if (is_login_shell(entry.shell)) with_shell.push_back(entry.name);
            if (is_login_shell(entry.shell) && entry.uid >= 1000 && entry.uid < 60000)
                regular.push_back(entry.name);
            if (entry.no_password) without_password.push_back(entry.name);
            if (entry.name == "root")
                CHECK(entry.shell == fixture.expected["root_shell"].get<std::string>());
        }
        CHECK(file.entries.size() == fixture.expected["entry_count"].get<std::size_t>());
        CHECK(nlohmann::json(file.malformed) == fixture.expected["malformed_line_numbers"]);
        CHECK(nlohmann::json(root) == fixture.expected["uid0_accounts"]);
        CHECK(nlohmann::json(with_shell) == fixture.expected["login_shell_accounts"]);
        CHECK(nlohmann::json(regular) == fixture.expected["regular_users"]);
        CHECK(nlohmann::json(without_password) ==
              fixture.expected["empty_password_field_accounts"]);
    }
    for (const auto& fixture : fixtures_of_kind("shadow")) {
        INFO(fixture.name);
        const auto file = parse_shadow(fixture.text);
        std::vector<std::string> empty;
        std::vector<std::string> hash;
        std::vector<std::string> twice;
        std::set<std::string> schemes;
        std::map<std::string, int> seen;
        std::string root;
        for (const auto& entry : file.entries) {
            if (entry.password == PasswordState::empty) empty.push_back(entry.name);
            if (entry.password == PasswordState::hash) hash.push_back(entry.name);
            if (!entry.scheme.empty()) schemes.insert(entry.scheme);
            if (++seen[entry.name] == 2) twice.push_back(entry.name);
            if (entry.name == "root" && root.empty())
                root = enum_names(entry.password)[static_cast<std::size_t>(entry.password)];
        }
        const auto& expected = fixture.expected;
        CHECK(file.entries.size() == expected["entry_count"].get<std::size_t>());
        CHECK(nlohmann::json(empty) == expected["accounts_with_empty_password"]);
        CHECK(nlohmann::json(hash) == expected["accounts_with_hash"]);
        CHECK(nlohmann::json(schemes) == expected["hash_schemes"]);
        CHECK(nlohmann::json(twice) == expected["duplicate_names"]);
        CHECK(nlohmann::json(file.without_nine_fields) ==
              expected["line_numbers_without_nine_fields"]);
        CHECK(root == expected["root_password_state"].get<std::string>());
    }
    for (const auto& fixture : fixtures_of_kind("group")) {
        const auto file = parse_group(fixture.text);
        CHECK(file.entries.size() == fixture.expected["entry_count"].get<std::size_t>());
        CHECK(nlohmann::json(file.malformed) == fixture.expected["malformed_line_numbers"]);
        for (const auto& [name, members] : fixture.expected["admin_group_members"].items()) {
            const auto group = std::ranges::find(file.entries, name, &GroupEntry::name);
            REQUIRE(group != file.entries.end());
            CHECK(nlohmann::json(group->members) == members);
        }
    }
}

TEST_CASE("accounts: a hundred thousand lines and junk are taken apart in time") {
    std::string passwd;
    for (int i = 0; i < 100000; ++i)
        passwd += "u" + std::to_string(i) + ":x:" + std::to_string(i) + ":1::/home/u:/bin/sh\n";
    CHECK(parse_passwd(passwd).entries.size() == 100000);
    CHECK(parse_passwd(std::string(1 << 20, ':')).entries.empty());
    CHECK(parse_shadow(std::string("a\0b:x\n", 6)).entries.size() == 1);
    CHECK(parse_group("g:x:1:" + std::string(1 << 20, ',')).entries.size() == 1);
}

}  // namespace
}  // namespace guestprep
