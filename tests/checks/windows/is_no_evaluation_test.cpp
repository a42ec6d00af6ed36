// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::is_no_evaluation.evaluate(facts, profile_2026());
}

TEST_CASE("win-activation passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-activation fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.edition = "ServerStandardEval";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.product_name = "Windows Server Technical Preview 5";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "preview");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-activation is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.product_name = unreadable<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
