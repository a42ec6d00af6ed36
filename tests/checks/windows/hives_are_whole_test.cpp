// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::hives_are_whole.evaluate(facts, profile_2026());
}

TEST_CASE("win-hives passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
        // Logs that Windows would apply were applied: nothing to do, and worth saying.
        facts.windows->system.notes = {
            "SYSTEM: it was not closed cleanly, and its logs were applied"};
        CHECK(judge(facts).status == Status::pass);
        CHECK(mentions(judge(facts), "logs were applied"));
    }
}

TEST_CASE("win-hives fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.troubles = {"SYSTEM: it was not closed cleanly"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "SYSTEM"));
    }
}

TEST_CASE("win-hives is unknown") {
    {
        auto facts = sound_windows();
        facts.windows.reset();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
