// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::page_file_is_on_system_drive.evaluate(facts, profile_2026());
}

TEST_CASE("win-pagefile-other-disk passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-pagefile-other-disk fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.paging_files->push_back("E:\\pagefile.sys 4096 4096");
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "E:"));
    }
}

TEST_CASE("win-pagefile-other-disk is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.paging_files = unreadable<std::vector<std::string>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
