// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::was_not_upgraded_in_place.evaluate(facts, profile_2026());
}

TEST_CASE("win-inplace-upgrade passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-inplace-upgrade fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.upgraded_from =
            std::vector<std::string>{"Source OS (Updated on 1/2/2020)"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-inplace-upgrade is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.upgraded_from = unreadable<std::vector<std::string>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
