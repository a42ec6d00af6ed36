// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::adapters_use_dhcp.evaluate(facts, profile_2026());
}

TEST_CASE("net-static-to-dhcp-windows passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.interfaces->front().uses_dhcp = 0U;
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("net-static-to-dhcp-windows fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        auto& one = windows.network.interfaces->front();
        one.uses_dhcp = 0U;
        one.addresses = {"192.168.77.10"};
        one.gateways = {"192.168.77.1"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "192.168.77.10"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.persistent_routes =
            std::vector<std::string>{"10.0.0.0,255.0.0.0,192.168.77.1,1"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("net-static-to-dhcp-windows is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.interfaces = unreadable<std::vector<WindowsInterface>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
