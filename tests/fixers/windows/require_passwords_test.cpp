// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts) {
    return fixers::require_passwords.plan(facts, profile_2026(), {});
}

TEST_CASE("require_passwords: a command with its inverse for each such account") {
    auto facts = sound_windows();
    auto& accounts = *facts.windows->access.accounts;
    accounts.front().name = "Jörg Müller";
    accounts.front().password_not_required = Truth::yes;
    CHECK(checks::accounts_have_passwords.evaluate(facts, profile_2026()).variant ==
          "not-required");
    const auto set = plan(facts);
    REQUIRE(set);
    REQUIRE(set->changes.size() == 1);
    const auto& step = std::get<CommandStep>(set->changes.front());
    CHECK(step.argv == std::vector<std::string>{"net", "user", "Jörg Müller", "/passwordreq:yes"});
    CHECK(step.inverse ==
          std::vector<std::string>{"net", "user", "Jörg Müller", "/passwordreq:no"});
    CHECK(step.reversible);
    accounts.front().password_not_required = Truth::no;
    CHECK(plan(facts)->empty());
}

TEST_CASE("require_passwords: what it leaves alone") {
    auto facts = sound_windows();
    auto& accounts = *facts.windows->access.accounts;
    accounts.back().password_not_required = Truth::yes;  // Guest, disabled
    CHECK(plan(facts)->empty());
    auto& first = accounts.front();
    first.password_not_required = Truth::yes;
    for (const auto truth : {Truth::no, Truth::unknown}) {
        first.has_password = truth;
        CHECK_FALSE(plan(facts));
    }
    first.has_password = Truth::yes;
    for (const auto* name : {"", "/domain", "a b ", "..", "x\n", "\xff", "a*"}) {
        first.name = name;
        CHECK_FALSE(plan(facts));
    }
    facts.windows->access.accounts = unreadable<std::vector<WindowsAccount>>();
    CHECK_FALSE(plan(facts));
}

}  // namespace
}  // namespace guestprep
