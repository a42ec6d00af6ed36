// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::nothing_waits_for_a_restart.evaluate(facts, profile_2026());
}

TEST_CASE("win-pending-reboot passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-pending-reboot fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.pending = std::vector<PendingWork>{{"HKLM\\x", "servicing"}};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "servicing"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.pending = std::vector<PendingWork>{{"HKLM\\x", "rename"}};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "renames");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.active_computer_name = "OLD";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "OLD"));
    }
}

TEST_CASE("win-pending-reboot is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.pending = unreadable<std::vector<PendingWork>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
