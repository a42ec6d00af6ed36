// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Facts listening(std::vector<SshListener> listeners) {
    Facts facts;
    facts.access.ssh.program = "/usr/sbin/sshd";
    facts.access.ssh.listeners = std::move(listeners);
    facts.access.ssh.socket.name = "ssh.socket";
    facts.access.ssh_ports = std::vector<std::uint16_t>{22};
    facts.access.hosts_allow = failure(Errc::not_found, "none");
    facts.access.hosts_deny = failure(Errc::not_found, "none");
    return facts;
}

Finding judge(const Facts& facts) { return checks::ssh_listens_on_new_address.evaluate(facts, {}); }
Status status(std::vector<SshListener> listeners) {
    return judge(listening(std::move(listeners))).status;
}

TEST_CASE("ssh listen: every address passes, also beside a fixed one") {
    CHECK(status({{"", 22, ""}}) == Status::pass);
    CHECK(status({{"0.0.0.0", 22, "x:1"}}) == Status::pass);
    CHECK(status({{"10.0.0.5", 22, "x:1"}, {"0.0.0.0", 2222, "x:2"}}) == Status::pass);
}

TEST_CASE("ssh listen: fixed and loopback addresses fail with their lines") {
    const auto finding = judge(listening({{"10.0.0.5", 22, "/etc/ssh/sshd_config:7"}}));
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/ssh/sshd_config:7");
    CHECK(status({{"127.0.0.1", 22, "x"}}) == Status::fail);
    CHECK(status({{"::1", 22, "x"}, {"bastion.example", 22, "y"}}) == Status::fail);
}

TEST_CASE("ssh listen: IPv6 alone fails, but a socket of systemd takes both") {
    CHECK(status({{"::", 22, "x:1"}}) == Status::fail);
    CHECK(status({{"::", 22, "ssh.socket"}}) == Status::pass);
    auto facts = listening({{"", 22, ""}});
    facts.access.ssh.address_family = {"x:2", "inet6"};
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("ssh listen: /etc/nologin keeps people out") {
    auto facts = listening({{"", 22, ""}});
    facts.access.nologin = {"/etc/nologin", "the file exists"};
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("ssh listen: TCP wrappers count where sshd asks them") {
    auto facts = listening({{"", 22, ""}});
    facts.access.hosts_deny = std::vector<std::string>{"# all", "ALL: ALL"};
    CHECK(judge(facts).status == Status::pass);
    facts.access.ssh.uses_hosts_access = true;
    const auto nobody = judge(facts);
    CHECK(nobody.status == Status::fail);
    CHECK(nobody.evidence.at(0).where == "/etc/hosts.deny:2");
    facts.access.hosts_allow = std::vector<std::string>{"sshd: 10."};
    const auto known_clients = judge(facts);
    CHECK(known_clients.status == Status::fail);
    CHECK(known_clients.evidence.at(0).expected.find("/etc/hosts.allow:1") != std::string::npos);
    facts.access.hosts_allow = std::vector<std::string>{"sshd: ALL"};
    CHECK(judge(facts).status == Status::pass);
    facts.access.hosts_deny = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

TEST_CASE("ssh listen: no server is not applicable, an unread configuration unknown") {
    auto facts = listening({});
    facts.access.ssh.program = failure(Errc::not_found, "none");
    CHECK(judge(facts).status == Status::not_applicable);
    facts = listening({});
    facts.access.ssh_ports = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(Facts()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
