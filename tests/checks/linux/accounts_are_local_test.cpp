// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::accounts_are_local.evaluate(facts, {}); }

TEST_CASE("local accounts: files alone pass") {
    Facts facts;
    facts.access.remote_accounts = std::vector<std::string>();
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("local accounts: a directory is a warning, with a local login beside it advice") {
    Facts facts;
    facts.access.remote_accounts = std::vector<std::string>{"sss", "ldap"};
    const auto alone = judge(facts);
    CHECK(alone.status == Status::fail);
    CHECK(alone.variant.empty());
    CHECK(alone.evidence.at(0).found.find("sss, ldap") != std::string::npos);
    LoginUser user{.name = "alice", .uid = 1000, .password = PasswordState::hash};
    facts.access.users = std::vector<LoginUser>{user};
    CHECK(judge(facts).variant == "local-too");
}

TEST_CASE("local accounts: an unread nsswitch.conf is unknown") {
    CHECK(judge(Facts()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
