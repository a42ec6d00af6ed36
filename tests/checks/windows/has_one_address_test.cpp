// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::has_one_address.evaluate(facts, profile_2026());
}

TEST_CASE("win-multi-ip passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-multi-ip fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        auto& one = windows.network.interfaces->front();
        one.uses_dhcp = 0U;
        one.addresses = {"192.168.77.10", "192.168.77.11"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.interfaces->push_back(windows.network.interfaces->front());
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-multi-ip: an address on a team of adapters goes with it") {
    auto facts = sound_windows();
    facts.windows->network.interfaces->front().device = R"(CompositeBus\MS_IMPLAT_MP\{1-2})";
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant == "teamed");
    CHECK(mentions(finding, "MS_IMPLAT_MP"));
}

TEST_CASE("win-multi-ip is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.interfaces->clear();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.interfaces = unreadable<std::vector<WindowsInterface>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
