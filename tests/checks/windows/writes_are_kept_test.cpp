// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::writes_are_kept.evaluate(facts, profile_2026());
}

TEST_CASE("win-write-filter passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-write-filter fails") {
    {
        auto facts = sound_windows();
        service_of(facts, "uwfvol").start = 0U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-write-filter is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
