// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::old_driver_signing_is_lax.evaluate(facts, profile_2026());
}

TEST_CASE("win-2003-driver-signing does not apply") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::not_applicable);
    }
}

TEST_CASE("win-2003-driver-signing passes") {
    {
        auto facts = sound_windows("2003");
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-2003-driver-signing fails") {
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.software.driver_signing = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-2003-driver-signing is unknown") {
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.software.driver_signing = not_set<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
