// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/core/text.h"
#include "agent/import_plan.h"
#include "agent/inventory.h"
#include "agent/make_report.h"
#include "agent/reachability.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

ReportReachability reach(const Facts& facts, Route route = Route::image) {
    JudgeOptions options;
    options.route = route;
    return reachability_of(facts, profile_2026(), options);
}

TEST_CASE("windows report: the way in, and the link that breaks") {
    auto facts = sound_windows();
    const auto open = reach(facts);
    CHECK(open.answer == Answer::yes);
    CHECK(open.account == "Administrator");
    facts.windows->network.firewall_rules->front() = rdp_rule("", false);
    const auto shut = reach(facts);
    CHECK(shut.answer == Answer::no);
    const auto broken = std::ranges::find(shut.steps, Answer::no, &ReportStep::holds);
    REQUIRE(broken != shut.steps.end());
    CHECK(broken->name == "firewall");
    facts = sound_windows();
    facts.windows->access.accounts = unreadable<std::vector<WindowsAccount>>();
    CHECK(reach(facts).answer == Answer::unknown);
}

TEST_CASE("windows report: static addresses are AWS's to remove on the image route alone") {
    auto facts = sound_windows();
    auto& one = facts.windows->network.interfaces->front();
    one.uses_dhcp = 0U;
    one.addresses = {"192.168.77.10"};
    CHECK(reach(facts).answer == Answer::yes);
    CHECK(reach(facts, Route::snapshot).answer == Answer::no);
}

TEST_CASE("windows report: the inventory keeps the old network and what to switch on again") {
    auto facts = sound_windows();
    auto& one = facts.windows->network.interfaces->front();
    one.uses_dhcp = 0U;
    one.addresses = {"192.168.77.10"};
    one.gateways = {"192.168.77.1"};
    service_of(facts, "McShield").start = 2U;
    const auto inventory = inventory_of(facts);
    REQUIRE(inventory.network.size() == 1);
    CHECK(inventory.network[0].name == "Ethernet0");
    CHECK(inventory.network[0].addresses == std::vector<std::string>{"192.168.77.10"});
    CHECK(inventory.services == std::vector<std::string>{"McAfee (McShield)"});
}

TEST_CASE("windows report: the plan speaks of Windows") {
    const auto plan = import_plan(sound_windows(), profile_2026(), {});
    CHECK(contains(plan, "--platform Windows"));
    CHECK(contains(plan, "shutdown /s /t 0"));
    CHECK_FALSE(contains(plan, "fstab"));
}

TEST_CASE("windows report: a sound guest is ready, but for what nobody can see") {
    auto facts = sound_windows();
    const auto report = make_report(facts, profile_2026(), {});
    for (const auto& finding : report.findings) {
        INFO(finding.id << ": " << finding.summary);
        CHECK_FALSE((finding.status == Status::fail && finding.severity == Severity::blocker));
    }
    CHECK(report.host.platform == "windows");
    CHECK(report.readiness.nitro == Answer::yes);
}

}  // namespace
}  // namespace guestprep
