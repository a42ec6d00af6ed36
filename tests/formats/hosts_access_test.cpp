// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/hosts_access.h"

#include "tests/support/catch.h"

namespace guestprep {
namespace {

constexpr auto kAdmitted = WrapperVerdict::admitted;
constexpr auto kRefused = WrapperVerdict::refused;
constexpr auto kUnknown = WrapperVerdict::unknown;

WrapperVerdict judge(std::string_view allow, std::string_view deny) {
    return judge_hosts_access(allow, deny).verdict;
}

TEST_CASE("tcp wrappers: nobody is refused without a rule") {
    CHECK(judge("", "") == kAdmitted);
    CHECK(judge("# sshd: ALL\n", "# ALL: ALL\n  # sshd: ALL\n\n") == kAdmitted);
    CHECK(judge("", "ALL: PARANOID\n") == kAdmitted);
    CHECK(judge("", "vsftpd: ALL\nin.telnetd, portmap : ALL\n") == kAdmitted);
}

TEST_CASE("tcp wrappers: ALL and sshd in hosts.deny") {
    CHECK(judge("", "ALL: ALL") == kRefused);
    CHECK(judge("", "sshd : ALL\n") == kRefused);
    CHECK(judge("", "SSHD:all\r\n") == kRefused);
    CHECK(judge("", "portmap sshd: 0.0.0.0/0.0.0.0\n") == kRefused);
    const auto decision = judge_hosts_access("", "# x\nALL: \\\n  ALL\n");
    REQUIRE(decision.rule);
    CHECK(decision.rule->where == "/etc/hosts.deny:2");
}

TEST_CASE("tcp wrappers: hosts.allow goes first") {
    CHECK(judge("sshd: ALL\n", "ALL: ALL\n") == kAdmitted);
    CHECK(judge("vsftpd: ALL\n", "ALL: ALL\n") == kRefused);
    CHECK(judge("ALL: ALL: deny\n", "") == kRefused);
    CHECK(judge("sshd: ALL : spawn /bin/echo %a >> /var/log/in & : allow\nALL: ALL: DENY\n", "") ==
          kAdmitted);
    CHECK(judge("sshd: ALL : twist /bin/echo go away\n", "") == kRefused);
    CHECK(judge("sshd: ALL : aclexec /usr/local/bin/geo %a\n", "") == kUnknown);
}

TEST_CASE("tcp wrappers: only some clients may come in") {
    const auto decision =
        judge_hosts_access("sshd: 192.168.77. .example.net LOCAL\n", "ALL: ALL\n");
    CHECK(decision.verdict == kRefused);
    REQUIRE(decision.exceptions.size() == 1);
    CHECK(decision.exceptions[0].where == "/etc/hosts.allow:1");
    CHECK(judge("sshd@192.0.2.1: ALL\n", "ALL: ALL\n") == kRefused);
    CHECK(judge("sshd: [2001:db8::]/32 [fe80::]/10\n", "ALL: ALL\n") == kRefused);
    CHECK(judge("", "sshd: 192.0.2.0/255.255.255.0 .evil.example\n") == kAdmitted);
}

TEST_CASE("tcp wrappers: EXCEPT") {
    CHECK(judge("", "ALL EXCEPT sshd: ALL\n") == kAdmitted);
    CHECK(judge("", "ALL EXCEPT vsftpd: ALL\n") == kRefused);
    CHECK(judge("", "ALL: ALL EXCEPT 192.168.0.0/255.255.0.0\n") == kRefused);
    CHECK(judge("", "ALL: ALL EXCEPT LOCAL, .example.net\n") == kRefused);
    CHECK(judge("ALL: 10. EXCEPT 10.1.\n", "ALL: ALL") == kRefused);
    CHECK(judge("", "ALL EXCEPT ALL EXCEPT sshd: ALL\n") == kRefused);
}

TEST_CASE("tcp wrappers: what the two files do not tell is unknown") {
    CHECK(judge("sshd: /etc/sshd.hosts\n", "ALL: ALL\n") == kUnknown);
    CHECK(judge("sshd: @admins\n", "ALL: ALL\n") == kUnknown);
    CHECK(judge("vsftpd: /etc/ftp.hosts\n", "") == kAdmitted);
}

TEST_CASE("tcp wrappers: broken text neither crashes nor refuses") {
    CHECK(judge("sshd\n:\n::::\n", "ALL\n\\") == kAdmitted);
    CHECK(judge(std::string(1 << 20, 'x'), std::string("ALL: ALL\0\n", 10)) == kAdmitted);
    std::string chain = "sshd: ALL";
    for (int i = 0; i < 20001; ++i) chain += " EXCEPT ALL";
    CHECK(judge("", chain) == kAdmitted);
}

}  // namespace
}  // namespace guestprep
