// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::drivers_may_be_installed.evaluate(facts, profile_2026());
}

TEST_CASE("win-hardening passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-hardening fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.deny_device_installation->push_back("DenyUnspecified");
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-hardening is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.deny_device_installation = unreadable<std::vector<std::string>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
