// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::system_drive_has_space.evaluate(facts, profile_2026());
}

TEST_CASE("win-free-space-6gib passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-free-space-6gib fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.system_space->free_bytes = 5ULL << 30;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-free-space-6gib is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.system_space = unreadable<Space>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
