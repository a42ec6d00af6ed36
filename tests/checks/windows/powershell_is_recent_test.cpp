// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::powershell_is_recent.evaluate(facts, profile_2026());
}

TEST_CASE("win-powershell passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-powershell fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.powershell = "2.0";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.powershell = not_set<std::string>();
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-powershell is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.powershell = "x";
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.powershell = unreadable<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
