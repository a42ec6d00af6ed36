// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::accounts_have_passwords.evaluate(facts, profile_2026());
}

TEST_CASE("win-accounts-passwords passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-accounts-passwords fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.accounts->push_back(account("scan", 1001));
        windows.access.accounts->back().has_password = Truth::no;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "scan"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.accounts->front().password_not_required = Truth::yes;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "not-required");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-accounts-passwords is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.accounts->front().has_password = Truth::unknown;
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.accounts = unreadable<std::vector<WindowsAccount>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

TEST_CASE("win-accounts-passwords does not apply") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.product_type = "LanmanNT";
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

}  // namespace
}  // namespace guestprep
