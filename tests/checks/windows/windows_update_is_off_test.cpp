// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::windows_update_is_off.evaluate(facts, profile_2026());
}

TEST_CASE("win-updates-disabled does not apply") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

TEST_CASE("win-updates-disabled fails") {
    {
        auto facts = sound_windows("10");
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-updates-disabled passes") {
    {
        auto facts = sound_windows("10");
        service_of(facts, "wuauserv").start = 4U;
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-updates-disabled is unknown") {
    {
        auto facts = sound_windows("10");
        service_of(facts, "wuauserv").start.reset();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows("7");
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
