// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::nobody_is_logged_on_automatically.evaluate(facts, profile_2026());
}

TEST_CASE("win-autologon passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.autologon.enabled = not_set<std::string>();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-autologon fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.autologon.enabled = "1";
        windows.access.autologon.user = "svc";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "AutoAdminLogon"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.autologon.forced = "1";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "ForceAutoLogon"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.autologon.password_is_stored = Truth::yes;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "password-left");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-autologon is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.autologon.enabled = unreadable<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
