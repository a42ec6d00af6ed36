// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::remote_desktop_is_on.evaluate(facts, profile_2026());
}

TEST_CASE("win-rdp-enabled passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.rdp_denied = 1U;
        windows.access.rdp_denied_by_policy = 0U;
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-rdp-enabled fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.rdp_denied = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "fDenyTSConnections"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.rdp_denied_by_policy = 1U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "Policies"));
    }
    {
        auto facts = sound_windows();
        service_of(facts, "TermService").start = 4U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "TermService"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.rdp_adapter = 2U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "LanAdapter"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.rdp_station_enabled = 0U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows("7");
        auto& windows = *facts.windows;
        windows.system.edition = "HomePremium";
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-rdp-enabled is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.rdp_denied = not_set<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.rdp_denied_by_policy = unreadable<std::uint64_t>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

TEST_CASE("win-rdp-enabled: what Remote Desktop needs besides its own service") {
    for (const auto* name : {"UmRdpService", "SessionEnv"}) {
        auto facts = sound_windows();
        service_of(facts, name).start = 3U;
        CHECK(judge(facts).status == Status::pass);
        service_of(facts, name).start = 4U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(mentions(finding, name));
    }
}

}  // namespace
}  // namespace guestprep
