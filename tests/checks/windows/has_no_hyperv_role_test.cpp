// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::has_no_hyperv_role.evaluate(facts, profile_2026());
}

TEST_CASE("win-hyperv-role passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-hyperv-role fails") {
    {
        auto facts = sound_windows();
        service_of(facts, "vmms").start = 2U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows("10");
        service_of(facts, "vmms").start = 2U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "client");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.boot.store->loaders.front().hypervisor_launch = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "client");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-hyperv-role is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

TEST_CASE("win-hyperv-role: a boot store that cannot be read may start a hypervisor") {
    auto facts = sound_windows();
    facts.windows->boot.store = unreadable<BootStore>();
    const auto finding = judge(facts);
    CHECK(finding.status == Status::unknown);
    CHECK(finding.variant == "client");
    // Before Vista there is none to start.
    auto old = sound_windows("2003");
    old.windows->boot.store = unreadable<BootStore>();
    CHECK(judge(old).status == Status::pass);
}

}  // namespace
}  // namespace guestprep
