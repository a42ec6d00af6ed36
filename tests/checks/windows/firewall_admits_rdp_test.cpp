// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::firewall_admits_rdp.evaluate(facts, profile_2026());
}

TEST_CASE("win-firewall-rdp passes") {
    {
        auto facts = sound_windows();
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        for (auto& profile : *windows.network.firewall_profiles) profile.enabled = 0U;
        CHECK(judge(facts).status == Status::pass);
    }
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.network.firewall_profiles->at(1).open_ports = {
            "3389:TCP:*:Enabled:@xpsp2res.dll,-22009"};
        CHECK(judge(facts).status == Status::pass);
    }
}

TEST_CASE("win-firewall-rdp fails") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.firewall_rules->front() = rdp_rule("", false);
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "3389"));
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.firewall_rules->front() = rdp_rule("Profile=Domain|Profile=Private|");
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.firewall_rules->push_back(rdp_rule("", true, "Block"));
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.firewall_rules->front() = rdp_rule("RA4=LocalSubnet|");
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "narrowed");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.access.rdp_port = 3390U;
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "3390"));
    }
    {
        auto facts = sound_windows("2003");
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
        CHECK(mentions(finding, "3389:TCP"));
    }
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.network.firewall_profiles->at(1).open_ports = {"3389:TCP:LocalSubNet:Enabled:x"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "narrowed");
        REQUIRE_FALSE(finding.evidence.empty());
    }
    {
        auto facts = sound_windows("2003");
        auto& windows = *facts.windows;
        windows.network.firewall_profiles->at(1).open_ports = {"3389:TCP:*:Disabled:x"};
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant == "");
        REQUIRE_FALSE(finding.evidence.empty());
    }
}

TEST_CASE("win-firewall-rdp is unknown") {
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.firewall_rules = unreadable<std::vector<WindowsFirewallRule>>();
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& windows = *facts.windows;
        windows.network.firewall_profiles = unreadable<std::vector<WindowsFirewallProfile>>();
        CHECK(judge(facts).status == Status::unknown);
    }
}

TEST_CASE("win-firewall-rdp: a setting of the wrong type is not one that is not set") {
    {
        auto facts = sound_windows();
        for (auto& profile : *facts.windows->network.firewall_profiles)
            profile.no_exceptions = failure(Errc::bad_syntax, "not a number");
        CHECK(judge(facts).status == Status::unknown);
    }
    {
        auto facts = sound_windows();
        auto& profiles = *facts.windows->network.firewall_profiles;
        auto policy = profiles.back();
        policy.from_policy = true;
        policy.merges_local = failure(Errc::bad_syntax, "not a number");
        profiles.push_back(policy);
        CHECK(judge(facts).status == Status::unknown);
    }
}

}  // namespace
}  // namespace guestprep
