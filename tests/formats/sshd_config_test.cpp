// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/sshd_config.h"

#include "agent/formats/sshd_keywords.h"
#include "agent/formats/sshd_settings.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

using Words = std::vector<std::string>;
constexpr SshVersion kNew{9, 2};
constexpr SshVersion kOld{7, 4};

SshdSettings settings_of(
    std::string_view text, std::optional<SshVersion> version = kNew,
    const SshdIncludes& includes = [](std::string_view) { return std::vector<SshdFile>(); }) {
    return read_sshd_settings("/etc/ssh/sshd_config", text, version, includes);
}

Words args_of(std::string_view line, SshVersion version = kNew) {
    const auto config = parse_sshd_config(line, version);
    REQUIRE(config.lines.size() == 1);
    return config.lines[0].args;
}

TEST_CASE("sshd_config: every byte comes back") {
    for (const std::string_view text :
         {"", "Port 22", "Port 22\r\n\r\n# x\n", "a\0b\n", "\n\n", "Match all\n\tPort\t22"})
        CHECK(text_of(parse_sshd_config(text)) == text);
    for (const auto& fixture : fixtures_of_kind("sshd-config"))
        CHECK(text_of(parse_sshd_config(fixture.text)) == fixture.text);
}

TEST_CASE("sshd_config: separators, quotes, comments and line endings as sshd takes them") {
    CHECK(args_of("Port = 44") == Words{"44"});
    CHECK(args_of("Port=33\r\n") == Words{"33"});
    CHECK(args_of("  \"PermitRootLogin\" \"no\"") == Words{"no"});
    CHECK(args_of("AllowUsers a=b \"c d\" e\\ f #x") == Words{"a=b", "c d", "e f"});
    CHECK(args_of("Banner 'a b'") == Words{"a b"});
    CHECK(args_of("Port 22 # old") == Words{"22"});
    // Before 8.7 a comment was an argument, and '=' cut words everywhere.
    CHECK(args_of("Port 22 # old", kOld) == Words{"22", "#", "old"});
    CHECK(args_of("AllowUsers a=b", kOld) == Words{"a", "b"});
    CHECK(args_of("AllowUsers \"c d\" e", kOld) == Words{"c d", "e"});
    CHECK(args_of("# Port 22").empty());
}

TEST_CASE("sshd_config: patterns know stars and question marks only") {
    CHECK(matches_ssh_pattern("a*c?", "abbbcd"));
    CHECK_FALSE(matches_ssh_pattern("a*c?", "abbbc"));
    CHECK(matches_ssh_pattern("*", ""));
    CHECK_FALSE(matches_ssh_pattern("[a]", "a"));
    CHECK(matches_ssh_pattern_list("!root,*", "bob"));
    CHECK_FALSE(matches_ssh_pattern_list("!root,*", "root"));
    CHECK_FALSE(matches_ssh_pattern_list("!root", "bob"));
}

TEST_CASE("sshd_config: versions") {
    CHECK(parse_ssh_version("OpenSSH_8.7p1") == SshVersion{8, 7});
    CHECK(parse_ssh_version("10.0p2") == SshVersion{10, 0});
    CHECK_FALSE(parse_ssh_version("2.*").has_value());
    CHECK_FALSE(parse_ssh_version("").has_value());
}

TEST_CASE("sshd settings: the first value wins, lists and ports add up") {
    const auto settings = settings_of(
        "Port 22\nPasswordAuthentication no\nPort 2222\nPort 22\npasswordauthentication yes\n"
        "AllowUsers a\nAllowUsers b c\nChallengeResponseAuthentication no\n");
    const SshdView view(settings);
    CHECK(view.value("passwordauthentication") == "no");
    CHECK(view.all("allowusers") == Words{"a", "b", "c"});
    CHECK(ssh_ports(view) == std::vector<std::uint16_t>{22, 2222});
    CHECK_FALSE(view.enabled("kbdinteractiveauthentication", true));
    CHECK(settings.problems.empty());
}

TEST_CASE("sshd settings: Match blocks hold for the logins they name") {
    // Each result was compared with sshd -T -C of OpenSSH 9.2.
    const auto settings = settings_of(
        "AllowUsers a b\n"
        "Match User bob\n  AllowUsers c\n  PermitRootLogin no\n"
        "Match Address 10.0.0.0/8\n  PasswordAuthentication no\n"
        "Match LocalPort 22\n  PermitTTY no\n"
        "Match Group wheel,!bad User !root,*\n  X11Forwarding yes\n"
        "Match all\n  AllowUsers d\n");
    const auto view_for = [&](std::string_view user, Words groups = {}) {
        return SshdView(settings, {user, std::move(groups), {22}});
    };
    CHECK(view_for("bob").all("allowusers") == Words{"c", "d"});
    CHECK(view_for("root").all("allowusers") == Words{"d"});
    CHECK(view_for("bob").value("permitrootlogin") == "no");
    CHECK(view_for("root").value("permitrootlogin").empty());
    CHECK(view_for("bob").value("passwordauthentication").empty());
    CHECK(view_for("bob").value("permittty") == "no");
    CHECK(SshdView(settings, {"bob", {}, {22, 23}}).value("permittty").empty());
    CHECK(view_for("bob", {"wheel"}).value("x11forwarding") == "yes");
    CHECK(view_for("bob", {"wheel", "bad"}).value("x11forwarding").empty());
    CHECK(view_for("root", {"wheel"}).value("x11forwarding").empty());
    CHECK(SshdView(settings).value("permittty").empty());
}

TEST_CASE("sshd settings: Match with an equals sign") {
    const auto settings = settings_of("Match user=bob\nPasswordAuthentication no\n");
    CHECK(SshdView(settings, {"bob", {}, {}}).value("passwordauthentication") == "no");
    CHECK(SshdView(settings, {"eve", {}, {}}).value("passwordauthentication").empty());
}

TEST_CASE("sshd settings: included files stand where they are included") {
    const SshdIncludes includes = [](std::string_view pattern) {
        std::vector<SshdFile> files;
        if (pattern == "/etc/ssh/conf.d/*.conf") {
            files.push_back({"/etc/ssh/conf.d/a.conf",
                             "PermitRootLogin no\nMatch User bob\n"
                             "PermitTTY no\n"});
            files.push_back({"/etc/ssh/conf.d/b.conf", "Port 2222\nPermitRootLogin yes\n"});
        }
        if (pattern == "/inner") files.push_back({"/inner", "Match Host *\nX11Forwarding yes\n"});
        return files;
    };
    const auto settings = settings_of(
        "Include conf.d/*.conf\nPasswordAuthentication no\nMatch User bob\nInclude /inner\n"
        "GatewayPorts yes\n",
        kNew, includes);
    CHECK(settings.problems.empty());
    const SshdView global(settings);
    CHECK(global.value("permitrootlogin") == "no");
    // A Match block ends with the file it stands in.
    CHECK(ssh_ports(global) == std::vector<std::uint16_t>{2222});
    CHECK(global.first("passwordauthentication")->where == "/etc/ssh/sshd_config:2");
    const SshdView bob(settings, {"bob", {}, {}});
    CHECK(bob.value("permittty") == "no");
    CHECK(bob.value("x11forwarding") == "yes");
    CHECK(bob.value("gatewayports") == "yes");
    CHECK(SshdView(settings, {"eve", {}, {}}).value("x11forwarding").empty());
}

TEST_CASE("sshd settings: files that include one another end, and are a problem") {
    const SshdIncludes once = [](std::string_view) {
        return std::vector<SshdFile>{{"/etc/ssh/loop", "Include loop\n"}};
    };
    CHECK(settings_of("Include loop\n", kNew, once).problems.size() == 1);
    const SshdIncludes twice = [](std::string_view) {
        return std::vector<SshdFile>{{"/etc/ssh/loop", "Include loop\nInclude loop\n"}};
    };
    CHECK_FALSE(settings_of("Include loop\n", kNew, twice).problems.empty());
}

TEST_CASE("sshd settings: an included file that cannot be read is told") {
    const SshdIncludes denied = [](std::string_view) {
        return std::vector<SshdFile>{{"/x", failure(Errc::access_denied, "/x: denied")}};
    };
    CHECK(settings_of("Include /x\n", kNew, denied).unread.size() == 1);
    const SshdIncludes dangling = [](std::string_view) {
        return std::vector<SshdFile>{{"/x", failure(Errc::not_found, "/x: no such file")}};
    };
    const auto settings = settings_of("Include /x\n", kNew, dangling);
    CHECK(settings.unread.empty());
    REQUIRE(settings.problems.size() == 1);
    CHECK(settings.problems[0].where == "/etc/ssh/sshd_config:1");
}

std::string problem_of(std::string_view text, SshVersion version = kNew) {
    const auto settings = settings_of(text, version);
    return settings.problems.empty() ? "" : settings.problems[0].what;
}

TEST_CASE("sshd settings: what sshd refuses") {
    // Every line here ends OpenSSH 9.2's sshd -T.
    for (const std::string_view text :
         {"Match User bob\n  Port 22\n", "DenyUsers\n", "Port 22 23\n", "UsePAM maybe\n",
          "Foo bar\n", "Port 0\n", "AllowUsers \"\"\n", "ListenAddress\n",
          "ForceCommand foo \"bar\n", "Protocol\n", "Match Foo bar\n", "Port == 22\n", "Match\n",
          "PermitRootLogin bogus\n", "Port 22;\n", "\xEF\xBB\xBFPort 22\n", "PidFile /x y\n",
          "\fPort 33\n"})
        CHECK_FALSE(problem_of(text).empty());
    // And every line here is taken.
    for (const std::string_view text :
         {"Port ssh\n", "Port=22\r\n", "Match user bob group wheel\nPasswordAuthentication no\n",
          "PermitRootLogin YES\n", "Port 22 # here\n", "KeyRegenerationInterval 1 2 3\n",
          "UsePAM yes\f\n", "PermitPAMUserChange no\n", "TCPRcvBufPoll yes\n", "XAuthLocation /x\n",
          "AcceptEnv LANG\n", "Include nothing/*\n"})
        CHECK(problem_of(text).empty());
}

TEST_CASE("sshd settings: what only old releases refuse, or only new ones") {
    CHECK_FALSE(problem_of("Port 22 # here\n", kOld).empty());
    CHECK(problem_of("DenyUsers\n", kOld).empty());
    CHECK_FALSE(problem_of("PermitRootLogin prohibit-password\n", {6, 6}).empty());
    CHECK(problem_of("PermitRootLogin prohibit-password\n", kOld).empty());
    CHECK(problem_of("PermitRootLogin without-password\n", {5, 3}).empty());
}

TEST_CASE("sshd settings: ciphers and MACs that new releases took out") {
    const auto problems = [](std::string_view text, std::optional<SshVersion> version) {
        return settings_of(text, version).problems;
    };
    for (const auto* text : {"Ciphers aes128-ctr,arcfour\n", "Ciphers +blowfish-cbc\n",
                             "MACs ^hmac-ripemd160-etm@openssh.com,hmac-sha2-256\n"}) {
        CAPTURE(text);
        CHECK(problems(text, SshVersion{7, 5}).empty());
        REQUIRE(problems(text, SshVersion{7, 6}).size() == 1);
        CHECK(problems(text, SshVersion{7, 6})[0].certain);
        REQUIRE(problems(text, std::nullopt).size() == 1);
        CHECK_FALSE(problems(text, std::nullopt)[0].certain);
    }
    CHECK(problems("Ciphers -arcfour*,arcfour\nMACs umac-64@openssh.com\n", SshVersion{9, 2})
              .empty());
    CHECK(problems("Ciphers 3des-cbc\nKexAlgorithms arcfour\n", SshVersion{9, 2}).empty());
}

TEST_CASE("sshd settings: an unknown keyword of an unknown release is no certain problem") {
    const auto settings = settings_of("NewThing yes\n", std::nullopt);
    REQUIRE(settings.problems.size() == 1);
    CHECK_FALSE(settings.problems[0].certain);
    CHECK_FALSE(settings_of("NewThing yes\n", SshVersion{12, 0}).problems[0].certain);
}

TEST_CASE("sshd settings: listen addresses with and without ports") {
    const auto settings = settings_of(
        "Port 22\nPort 2222\nListenAddress 10.0.0.1\nListenAddress [::1]:443\n"
        "ListenAddress 2001:db8::1\nListenAddress host:80\n");
    const auto listeners = ssh_listeners(settings);
    REQUIRE(listeners.size() == 6);
    CHECK(listeners[0].host == "10.0.0.1");
    CHECK(listeners[1].port == 2222);
    CHECK(listeners[2].host == "::1");
    CHECK(listeners[2].port == 443);
    CHECK(listeners[3].host == "2001:db8::1");
    CHECK(listeners[5].host == "host");
    CHECK(listeners[5].port == 80);
    CHECK(ssh_listeners(settings_of("")).size() == 1);
}

TEST_CASE("sshd settings: a new client's address is in no list but the whole world's") {
    CHECK(matches_any_client("*"));
    CHECK(matches_any_client("0.0.0.0/0"));
    CHECK(matches_any_client("!10.0.0.0/8,*"));
    CHECK_FALSE(matches_any_client("10.0.0.0/8,192.168.*"));
    CHECK_FALSE(matches_any_client("!10.0.0.0/8"));
}

TEST_CASE("sshd settings: real files") {
    for (const auto& fixture : fixtures_of_kind("sshd-config")) {
        INFO(fixture.name);
        const auto& expected = fixture.expected;
        const auto settings = settings_of(fixture.text);
        const SshdView view(settings);
        const auto same = [&](const char* fact, std::string_view keyword) {
            INFO(fact);
            if (expected[fact].is_null())
                CHECK(view.value(keyword).empty());
            else
                CHECK(view.value(keyword) == expected[fact].get<std::string>());
        };
        same("password_authentication", "passwordauthentication");
        same("pubkey_authentication", "pubkeyauthentication");
        same("permit_root_login", "permitrootlogin");
        same("challenge_response", "kbdinteractiveauthentication");
        same("use_pam", "usepam");
        same("authorized_keys_file", "authorizedkeysfile");
        CHECK(nlohmann::json(view.all("allowusers")) == expected["allow_users"]);
        CHECK(nlohmann::json(view.all("denyusers")) == expected["deny_users"]);
        CHECK(nlohmann::json(view.all("allowgroups")) == expected["allow_groups"]);
        CHECK(nlohmann::json(view.all("listenaddress")) == expected["listen_addresses"]);
        CHECK(nlohmann::json(ssh_ports(view)) == expected["ports"]);
        CHECK((view.first("port") != nullptr) == expected["port_explicit"].get<bool>());
        CHECK(settings.matches.size() == expected["match_blocks"].size());
        CHECK(view.enabled("pubkeyauthentication", true) ==
              expected["pubkey_login_enabled"].get<bool>());
        CHECK((view.enabled("passwordauthentication", true) ||
               (view.enabled("kbdinteractiveauthentication", true) &&
                view.enabled("usepam", false))) == expected["password_login_enabled"].get<bool>());
        CHECK(settings.problems.empty() == expected["openssh_9_2_accepts"].get<bool>());
    }
    for (const auto& fixture : fixtures_of_kind("sshd-config-dropin")) {
        Words patterns;
        const auto settings = settings_of(fixture.text, kNew, [&](std::string_view pattern) {
            patterns.emplace_back(pattern);
            return std::vector<SshdFile>();
        });
        CHECK(nlohmann::json(patterns) == fixture.expected["include_patterns"]);
        CHECK(settings.directives.empty() != fixture.expected["sets_anything"].get<bool>());
        CHECK(settings.problems.empty());
    }
}

TEST_CASE("sshd settings: junk of any size is taken apart in time") {
    CHECK(problem_of("Port " + std::string(1 << 20, '2') + "\n").size() < 200);
    std::string many;
    for (int i = 0; i < 200000; ++i)
        many += "Match User x\n  AllowUsers " + std::to_string(i) + "\n";
    const auto settings = settings_of(many);
    CHECK_FALSE(settings.problems.empty());
    CHECK_FALSE(settings_of(std::string("Port\0 22\n", 9)).problems.empty());
    CHECK(matches_ssh_pattern(std::string(2000, '*') + "b", std::string(20000, 'a') + "b"));
}

}  // namespace
}  // namespace guestprep
