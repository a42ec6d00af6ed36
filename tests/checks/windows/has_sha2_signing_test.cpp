// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::has_sha2_signing.evaluate(facts, profile_2026());
}

TEST_CASE("win-sha2-signing does not apply") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

TEST_CASE("win-sha2-signing passes") {
    {
        auto facts = sound_windows("2008r2");
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows("7");
        auto& windows = *facts.windows;
        windows.software.hotfixes = std::vector<std::string>{"RollupFix"};
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-sha2-signing fails") {
    {
        auto facts = sound_windows("2008r2");
        auto& windows = *facts.windows;
        windows.software.hotfixes->clear();
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "KB4474419"));
    }
}

TEST_CASE("win-sha2-signing is unknown") {
    {
        auto facts = sound_windows("7");
        auto& windows = *facts.windows;
        windows.software.hotfixes = unreadable<std::vector<std::string>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
