// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Facts running_sshd() {
    Facts facts;
    auto& ssh = facts.access.ssh;
    ssh.program = "/usr/sbin/sshd";
    ssh.version = "9.2";
    ssh.service = {.name = "ssh", .state = Enablement::enabled, .evidence = "/etc/link"};
    ssh.socket = {.name = "ssh.socket", .state = Enablement::absent};
    ssh.config = "/etc/ssh/sshd_config";
    ssh.host_keys = {"/etc/ssh/ssh_host_rsa_key"};
    return facts;
}

Finding judge(const Facts& facts) { return checks::ssh_server_starts.evaluate(facts, {}); }

TEST_CASE("ssh enabled: a server that starts, with its keys, passes and names what starts it") {
    const auto finding = judge(running_sshd());
    CHECK(finding.status == Status::pass);
    CHECK(finding.evidence.at(0).where == "/etc/link");
}

TEST_CASE("ssh enabled: no server fails, another server is unknown") {
    auto facts = running_sshd();
    facts.access.ssh.program = failure(Errc::not_found, "none");
    CHECK(judge(facts).status == Status::fail);
    facts.access.ssh.other_server = "/usr/sbin/dropbear";
    CHECK(judge(facts).status == Status::unknown);
    facts.access.ssh.program = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(Facts()).status == Status::unknown);
}

TEST_CASE("ssh enabled: a disabled service fails unless its socket starts it") {
    auto facts = running_sshd();
    auto& ssh = facts.access.ssh;
    ssh.service.state = Enablement::disabled;
    CHECK(judge(facts).status == Status::fail);
    ssh.socket.state = Enablement::enabled;
    CHECK(judge(facts).status == Status::pass);
    ssh.service.state = Enablement::masked;
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("ssh enabled: a service that a condition holds back fails") {
    auto facts = running_sshd();
    facts.access.ssh.service.held_back = true;
    facts.access.ssh.switched_off_by = "/etc/ssh/sshd_not_to_be_run";
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/ssh/sshd_not_to_be_run");
}

TEST_CASE("ssh enabled: an unknown init system is unknown") {
    auto facts = running_sshd();
    facts.access.ssh.service.state = Enablement::unknown;
    CHECK(judge(facts).status == Status::unknown);
}

TEST_CASE("ssh enabled: lines that sshd refuses fail, unless sshd itself takes them") {
    auto facts = running_sshd();
    auto& ssh = facts.access.ssh;
    ssh.problems = {{"/etc/ssh/sshd_config:3", "port: \"x;\" is no value for it"}};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/ssh/sshd_config:3");
    ssh.self_test = std::string();
    CHECK(judge(facts).status == Status::pass);
    ssh.problems.clear();
    ssh.self_test = std::string("line 3: Bad configuration option");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("ssh enabled: what cannot be read or is not known to us is unknown") {
    auto facts = running_sshd();
    facts.access.ssh.doubts = {{"/etc/ssh/sshd_config:3", "sshd knows no keyword \"new\""}};
    CHECK(judge(facts).status == Status::unknown);
    facts = running_sshd();
    facts.access.ssh.unread = {"/etc/ssh/sshd_config.d/x.conf: permission denied"};
    CHECK(judge(facts).status == Status::unknown);
    facts = running_sshd();
    facts.access.ssh.config = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    facts.access.ssh.config = failure(Errc::not_found, "none");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("ssh enabled: without host keys something must make them") {
    auto facts = running_sshd();
    auto& ssh = facts.access.ssh;
    ssh.host_keys.clear();
    CHECK(judge(facts).status == Status::fail);
    ssh.bad_host_keys = {{"/etc/ssh/ssh_host_rsa_key", "others may read it"}};
    CHECK(judge(facts).evidence.at(0).where == "/etc/ssh/ssh_host_rsa_key");
    ssh.key_generator = "sshd-keygen.service";
    CHECK(judge(facts).status == Status::pass);
    ssh.key_generator.clear();
    facts.access.cloud_init.state = Enablement::enabled;
    CHECK(judge(facts).status == Status::pass);
}

}  // namespace
}  // namespace guestprep
