// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::dhcp_client_starts.evaluate(facts, profile_2026());
}

TEST_CASE("dhcp-client-windows passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("dhcp-client-windows fails") {
    {
        auto facts = sound_windows();
        service_of(facts, "Dhcp").start = 4U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "Dhcp"));
    }
    {
        auto facts = sound_windows();
        service_of(facts, "AFD").start = 4U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "AFD"));
    }
    {
        auto facts = sound_windows();
        service_of(facts, "Dhcp").start = 3U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "on-demand");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("dhcp-client-windows is unknown") {
    {
        auto facts = sound_windows();
        service_of(facts, "Dhcp").start.reset();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.system.services = unreadable<std::vector<WindowsService>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
