// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::setup_is_finished.evaluate(facts, profile_2026());
}

TEST_CASE("win-sysprep-state passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.image_state = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";
        windows.software.setup_type = 2U;
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-sysprep-state fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.setup_type = 2U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "SetupType"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.image_state = "IMAGE_STATE_UNDEPLOYABLE";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-sysprep-state is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.software.setup_type = unreadable<std::uint64_t>();
        windows.software.image_state = not_set<std::string>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
