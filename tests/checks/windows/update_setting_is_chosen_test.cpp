// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::update_setting_is_chosen.evaluate(facts, profile_2026());
}

TEST_CASE("win-update-setting passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.update_option = 3U;
        windows.software.updates_off_by_policy = 1U;
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.update_option = not_set<std::uint64_t>();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-update-setting fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.update_option = 3U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.update_option_by_policy = 3U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "Policies"));
    }
    {
        auto facts = sound_windows("2008r2");
        auto& windows = *facts.windows;
        windows.software.update_option = not_set<std::uint64_t>();
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-update-setting is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.update_option = unreadable<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
