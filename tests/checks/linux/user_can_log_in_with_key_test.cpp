// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

LoginUser root() {
    return {.name = "root",
            .uid = 0,
            .password = PasswordState::locked,
            .passwords_allowed = false,
            .administrator = Truth::yes};
}
LoginUser alice() {
    LoginUser user{.name = "alice",
                   .uid = 1000,
                   .where = "/etc/passwd:9",
                   .password = PasswordState::hash,
                   .administrator = Truth::yes};
    user.key_files = {{.path = "/home/alice/.ssh/authorized_keys", .usable = 1}};
    return user;
}

Facts with(std::vector<LoginUser> users) {
    Facts facts;
    facts.access.ssh.program = "/usr/sbin/sshd";
    facts.access.ssh.config = "/etc/ssh/sshd_config";
    facts.access.users = std::move(users);
    facts.access.remote_accounts = std::vector<std::string>();
    return facts;
}

Finding judge(const Facts& facts) { return checks::user_can_log_in_with_key.evaluate(facts, {}); }

TEST_CASE("key user: a regular account with a key and sudo passes") {
    const auto finding = judge(with({root(), alice()}));
    CHECK(finding.status == Status::pass);
    CHECK(finding.evidence.at(0).where == "/etc/passwd:9");
}

TEST_CASE("key user: a key user who cannot become root is advice, su helps") {
    auto user = alice();
    user.administrator = Truth::no;
    CHECK(judge(with({root(), user})).variant == "no-administrator");
    auto with_password = root();
    with_password.password = PasswordState::hash;
    CHECK(judge(with({with_password, user})).status == Status::pass);
}

TEST_CASE("key user: only a password, root or a system account is discouraged") {
    auto user = alice();
    user.key_files.clear();
    CHECK(judge(with({root(), user})).variant == "discouraged");
    auto keyed_root = root();
    keyed_root.key_files = {{.path = "/root/.ssh/authorized_keys", .usable = 1}};
    CHECK(judge(with({keyed_root})).variant == "discouraged");
    auto system = alice();
    system.system_account = true;
    CHECK(judge(with({root(), system})).variant == "discouraged");
}

TEST_CASE("key user: nobody gets in: a blocker that says why of each") {
    auto user = alice();
    user.key_files[0].trouble = "/home/alice is writable by others";
    user.passwords_allowed = false;
    const auto finding = judge(with({root(), user}));
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    REQUIRE(finding.evidence.size() == 2);
    CHECK(finding.evidence[1].found.find("is writable") != std::string::npos);
    user.refused = {"/etc/ssh/sshd_config:4", "DenyUsers names it"};
    CHECK(judge(with({user})).evidence.at(0).where == "/etc/ssh/sshd_config:4");
}

TEST_CASE("key user: cloud-init may still add a key") {
    auto facts = with({root()});
    facts.access.cloud_init.state = Enablement::enabled;
    CHECK(judge(facts).variant == "cloud-init");
}

TEST_CASE("key user: what could not be read is unknown, neither pass nor blocker") {
    auto user = alice();
    user.key_files = {{.path = "/x", .unread = "/x: permission denied"}};
    CHECK(judge(with({root(), user})).status == Status::unknown);
    user.key_files.clear();
    user.password = PasswordState::unknown;
    CHECK(judge(with({root(), user})).status == Status::unknown);
    auto facts = with({root()});
    facts.access.users_left_out = 3;
    CHECK(judge(facts).status == Status::unknown);
    facts = with({root()});
    facts.access.remote_accounts = std::vector<std::string>{"sss"};
    CHECK(judge(facts).status == Status::unknown);
    facts = with({alice()});
    facts.access.ssh.config = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    facts = with({alice()});
    facts.access.users = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

TEST_CASE("key user: without a server there is nothing to judge") {
    auto facts = with({alice()});
    facts.access.ssh.program = failure(Errc::not_found, "none");
    CHECK(judge(facts).status == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
