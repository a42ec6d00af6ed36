// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::has_no_foreign_xen_drivers.evaluate(facts, profile_2026());
}

TEST_CASE("win-xen-driver-conflict passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        service_of(facts, "xenvbd").start = 0U;
        windows.software.programs->push_back({"{X}", "AWS PV Drivers", "8", "Amazon", false});
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-xen-driver-conflict fails") {
    {
        auto facts = sound_windows();
        service_of(facts, "xenvbd").start = 0U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-xen-driver-conflict is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
