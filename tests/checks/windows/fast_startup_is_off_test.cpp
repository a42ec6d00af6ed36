// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::fast_startup_is_off.evaluate(facts, profile_2026());
}

TEST_CASE("win-hiberboot passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.fast_startup = 1U;
        windows.boot.hibernation = 0U;
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-hiberboot fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.fast_startup = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-hiberboot is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.fast_startup = unreadable<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
