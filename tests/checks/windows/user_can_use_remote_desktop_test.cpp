// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::user_can_use_remote_desktop.evaluate(facts, profile_2026());
}

TEST_CASE("win-rdp-user passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.accounts->front().is_administrator = Truth::no;
        windows.access.accounts->front().is_remote_user = Truth::yes;
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-rdp-user fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.accounts->front().disabled = Truth::yes;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "disabled"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.accounts->front().is_administrator = Truth::no;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-rdp-user is unknown") {
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

TEST_CASE("win-rdp-user does not apply") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.product_type = "LanmanNT";
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

}  // namespace
}  // namespace guestprep
