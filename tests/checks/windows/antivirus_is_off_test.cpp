// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::antivirus_is_off.evaluate(facts, profile_2026());
}

TEST_CASE("av-ids-disabled passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        service_of(facts, "McShield").start = 4U;
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("av-ids-disabled fails") {
    {
        auto facts = sound_windows();
        service_of(facts, "McShield").start = 2U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "McAfee"));
    }
    {
        auto facts = sound_windows();
        service_of(facts, "WinDefend").start = 2U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "defender");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& filter = service_of(facts, "oddflt");
        filter.start = 0U;
        filter.altitudes = {"328010"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "filter"));
    }
}

TEST_CASE("av-ids-disabled is unknown where a product's start cannot be read") {
    auto facts = sound_windows();
    auto& service = service_of(facts, "McShield");
    service.start.reset();
    service.start_is_unread = true;
    CHECK(judge(facts).status == Status::unknown);
    service_of(facts, "SepMasterService").start = 2U;
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("av-ids-disabled is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
