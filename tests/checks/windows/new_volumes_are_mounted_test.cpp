// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::new_volumes_are_mounted.evaluate(facts, profile_2026());
}

TEST_CASE("win-automount passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-automount fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.no_automount = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-automount is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.no_automount = unreadable<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
