// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/authorized_keys.h"

#include <nlohmann/json.hpp>
#include <set>

#include "agent/formats/sudoers.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

const std::string kEd25519 =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGvj/5TJy0ugexST73H71n5gCtrysE4caygL8xfl5lrM";
const std::string kEcdsa =
    "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBF39EE/"
    "kCaSAr5ysZdG00vNQrJeAAWNKfJ4IWAhizfVlzceymCJoS5F19HFvXmRwayTmXErcN0dSTDX9VoVeI+c=";

TEST_CASE("authorized_keys: keys with and without comments") {
    const auto file = parse_authorized_keys("# c\n\n" + kEd25519 + " a b\r\n  " + kEcdsa + "\n");
    REQUIRE(file.keys.size() == 2);
    CHECK(file.keys[0].comment == "a b");
    CHECK(file.keys[0].line == 3);
    CHECK(file.keys[1].type == "ecdsa-sha2-nistp256");
    CHECK(file.bad_lines.empty());
}

TEST_CASE("authorized_keys: what only looks like a key is none") {
    for (const std::string& line :
         {std::string("ssh-ed25519 AAAA"), std::string("ssh-ed25519"), kEd25519.substr(0, 70),
          "ssh-rsa" + kEd25519.substr(11), std::string("ssh-new AAAA"), std::string("junk"),
          "\"unclosed " + kEd25519, std::string("ssh-rsa AAAA!!!!"), std::string(1 << 20, 'A'),
          std::string("2048 65537 123456789 ssh1-key")}) {
        INFO(line.substr(0, 60));
        const auto file = parse_authorized_keys(line);
        CHECK(file.keys.empty());
        CHECK(file.bad_lines.size() == 1);
    }
}

AuthorizedKey key_with(std::string_view options) {
    const auto file = parse_authorized_keys(std::string(options) + " " + kEd25519);
    REQUIRE(file.keys.size() == 1);
    return file.keys[0];
}

TEST_CASE("authorized_keys: options") {
    CHECK(key_with("command=\"echo \\\"a b\\\", c\",no-pty").forced_command);
    CHECK_FALSE(key_with("command=\"echo \\\"a b\\\", c\",no-pty").refused);
    CHECK(key_with("from=\"10.0.0.0/8,!10.1.*\"").from == "10.0.0.0/8,!10.1.*");
    CHECK(key_with("expiry-time=\"20200101\"").expires == "20200101");
    CHECK(key_with("cert-authority,principals=\"a\"").certificate_authority);
    CHECK(key_with("restrict,pty").has_options);
    CHECK_FALSE(key_with("restrict,pty").refused);
    CHECK(key_with("nonsense").refused);
    CHECK(key_with("command=x").refused);
}

TEST_CASE("authorized_keys: expiry dates") {
    CHECK(expiry_seconds("19700102") == 86400);
    CHECK(expiry_seconds("197001010101Z") == 3660);
    CHECK_FALSE(expiry_seconds("20201301").has_value());
    CHECK_FALSE(expiry_seconds("soon").has_value());
    CHECK_FALSE(expiry_seconds("2020 1 1").has_value());
}

TEST_CASE("authorized_keys: releases take different kinds of keys") {
    CHECK(takes_key_type("ssh-rsa", SshVersion{4, 3}));
    CHECK_FALSE(takes_key_type("ssh-ed25519", SshVersion{5, 3}));
    CHECK(takes_key_type("ssh-dss", SshVersion{6, 6}));
    CHECK_FALSE(takes_key_type("ssh-dss", SshVersion{7, 4}));
    CHECK_FALSE(takes_key_type("ssh-dss", std::nullopt));
    CHECK(takes_key_type("ssh-ed25519", std::nullopt));
}

TEST_CASE("authorized_keys: real files") {
    for (const auto& fixture : fixtures_of_kind("authorized-keys")) {
        INFO(fixture.name);
        const auto file = parse_authorized_keys(fixture.text);
        std::set<std::string> types;
        std::size_t with_options = 0;
        for (const auto& key : file.keys) {
            types.insert(key.type);
            with_options += key.has_options ? 1 : 0;
        }
        CHECK(file.keys.size() == fixture.expected["key_count"].get<std::size_t>());
        CHECK(nlohmann::json(types) == fixture.expected["key_types"]);
        CHECK(with_options == fixture.expected["keys_with_options"].get<std::size_t>());
    }
}

TEST_CASE("sudoers: who may do everything") {
    const auto file = parse_sudoers(
        "Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n%wheel  ALL=(ALL)       ALL\n"
        "# %sudo ALL=(ALL) ALL\nUser_Alias ADMINS = alice, bob\n"
        "ADMINS ALL=(ALL) \\\n  NOPASSWD: ALL\nbackup ALL=(root) /usr/bin/rsync\n"
        "carol ALL = NOPASSWD:SETENV: ALL\n#1000 ALL=(root) /bin/ls, ALL\nweb thishost=ALL\n"
        "dave ALL=(www) ALL\n#includedir /etc/sudoers.d\n@include \"/etc/more rules\"\n");
    std::vector<std::string> who;
    for (const auto& rule : file.rules) who.push_back(rule.who + (rule.no_password ? "+" : ""));
    CHECK(who == std::vector<std::string>{"root", "%wheel", "alice+", "bob+", "carol+", "#1000"});
    CHECK(file.include_folders == std::vector<std::string>{"/etc/sudoers.d"});
    CHECK(file.include_files == std::vector<std::string>{"/etc/more rules"});
    CHECK(file.rules[2].line == 6);
    CHECK(is_sudoers_file_name("90-cloud"));
    CHECK_FALSE(is_sudoers_file_name("a.conf"));
    CHECK_FALSE(is_sudoers_file_name("a~"));
}

TEST_CASE("sudoers: junk is no rule") {
    for (const std::string& text :
         {std::string("="), std::string("ALL="), std::string("a ALL=("), std::string(1 << 20, '\\'),
          std::string("a\0b", 3), std::string("x ALL=(ALL"), "a ALL=" + std::string(1 << 20, ':')})
        CHECK(parse_sudoers(text).rules.empty());
}

}  // namespace
}  // namespace guestprep
