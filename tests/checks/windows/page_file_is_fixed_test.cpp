// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::page_file_is_fixed.evaluate(facts, profile_2026());
}

TEST_CASE("win-pagefile-fixed passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.paging_files = std::vector<std::string>{};
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-pagefile-fixed fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.paging_files = std::vector<std::string>{"?:\\pagefile.sys"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.paging_files = std::vector<std::string>{"C:\\pagefile.sys 0 0"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.paging_files = std::vector<std::string>{"C:\\pagefile.sys 1024 4096"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-pagefile-fixed is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.paging_files = not_set<std::vector<std::string>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
