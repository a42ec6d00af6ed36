// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::client_speaks_us_english.evaluate(facts, profile_2026());
}

TEST_CASE("win-client-us-english does not apply") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

TEST_CASE("win-client-us-english passes") {
    {
        auto facts = sound_windows("10");
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-client-us-english fails") {
    {
        auto facts = sound_windows("10");
        auto& windows = *facts.windows;
        windows.system.install_language = "0407";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "0409"));
    }
    {
        auto facts = sound_windows("7");
        auto& windows = *facts.windows;
        windows.system.default_language = "040c";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-client-us-english is unknown") {
    {
        auto facts = sound_windows("10");
        auto& windows = *facts.windows;
        windows.system.install_language = not_set<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
