// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::system_drive_is_not_encrypted.evaluate(facts, profile_2026());
}

TEST_CASE("win-bitlocker passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-bitlocker fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.bitlocker = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        service_of(facts, "veracrypt").start = 0U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "veracrypt"));
    }
}

TEST_CASE("win-bitlocker is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.bitlocker = not_set<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
