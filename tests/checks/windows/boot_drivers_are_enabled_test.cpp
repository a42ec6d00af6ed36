// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::boot_drivers_are_enabled.evaluate(facts, profile_2026());
}

TEST_CASE("win-registry-boot passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows("2003");
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-registry-boot fails") {
    {
        auto facts = sound_windows();
        service_of(facts, "atapi").start = 4U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "atapi"));
    }
    {
        auto facts = sound_windows();
        service_of(facts, "mountmgr").start = 4U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "disk-stack");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.boot.ide_entries = std::vector<std::string>{};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "primary_ide_channel"));
    }
}

TEST_CASE("win-registry-boot is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services->clear();
        CHECK(judge(facts).status == Status::unknown);
    }
}

TEST_CASE("win-registry-boot: either of two drivers of a controller is enough") {
    auto facts = sound_windows();
    service_of(facts, "pciide").start = 4U;
    CHECK(judge(facts).status == Status::pass);
    service_of(facts, "intelide").start = 4U;
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.size() == 2);
}

}  // namespace
}  // namespace guestprep
