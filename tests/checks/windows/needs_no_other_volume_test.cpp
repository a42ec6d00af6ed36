// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::needs_no_other_volume.evaluate(facts, profile_2026());
}

TEST_CASE("win-needed-volume-missing passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        service_of(facts, "x").start = 3U;
        service_of(facts, "x").image_path = "E:\\x.exe";
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-needed-volume-missing fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.directory_database = "D:\\NTDS\\ntds.dit";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "ntds.dit"));
    }
    {
        auto facts = sound_windows();
        service_of(facts, "MSSQLSERVER").start = 2U;
        service_of(facts, "MSSQLSERVER").image_path = "\"e:\\sql\\sqlservr.exe\" -s";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "services");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-needed-volume-missing is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
