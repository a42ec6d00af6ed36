// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::boots_into_windows_itself.evaluate(facts, profile_2026());
}

TEST_CASE("win-recovery-boot passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-recovery-boot fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.store->loaders.front().safe_boot = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "safeboot"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.store->loaders.front().is_recovery = true;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.store->one_time_sequence = {"{x}"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "once");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.boot_execute->push_back("autocheck autochk /r C:");
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "once");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-recovery-boot is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.store = unreadable<BootStore>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
