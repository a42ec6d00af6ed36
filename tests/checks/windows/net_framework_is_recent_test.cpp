// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::net_framework_is_recent.evaluate(facts, profile_2026());
}

TEST_CASE("win-dotnet passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows("2003");
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-dotnet fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.net4_release = not_set<std::uint64_t>();
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.net4_release = 378388U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows("2008");
        auto& windows = *facts.windows;
        windows.software.net35 = not_set<std::uint64_t>();
        windows.software.net4_release = not_set<std::uint64_t>();
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "old-system");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-dotnet is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.net4_release = unreadable<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
