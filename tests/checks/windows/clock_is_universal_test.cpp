// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::clock_is_universal.evaluate(facts, profile_2026());
}

TEST_CASE("win-rtc-universal passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-rtc-universal fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.real_time_is_universal = not_set<std::uint64_t>();
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.real_time_is_universal = 0U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-rtc-universal does not apply") {
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.system.real_time_is_universal = not_set<std::uint64_t>();
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

TEST_CASE("win-rtc-universal is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.real_time_is_universal = unreadable<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
