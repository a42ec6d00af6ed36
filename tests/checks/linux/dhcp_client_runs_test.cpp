// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/network_facts.h"

namespace guestprep {
namespace {

Finding judge(const NetworkFacts& network, InitSystem init = InitSystem::systemd) {
    Facts facts;
    facts.network = network;
    facts.os.init = init;
    return checks::dhcp_client_runs.evaluate(facts, {});
}

TEST_CASE("dhcp client: a service that starts and its client pass") {
    const auto finding = judge(network_with(started_interface("eth0", NetMethod::dhcp)));
    CHECK(finding.status == Status::pass);
    CHECK(finding.summary.find("/sbin/dhclient") != std::string::npos);
}

TEST_CASE("dhcp client: no client, or no service, fails") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.dhcp_clients.clear();
    CHECK(judge(facts).status == Status::fail);
    facts.dhcp_clients = {"/sbin/dhclient"};
    facts.managers[0].state.state = Enablement::masked;
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    REQUIRE(finding.evidence.size() == 1);
    CHECK(finding.evidence[0].found == "networking.service: masked");
}

TEST_CASE("dhcp client: some services bring their own") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.dhcp_clients.clear();
    facts.managers[0].service = NetService::networkd;
    CHECK(judge(facts).status == Status::pass);
    facts.managers[0].service = NetService::network_manager;
    CHECK(judge(facts).status == Status::pass);
    CHECK(judge(facts, InitSystem::sysv).status == Status::fail);
    facts.managers[0].service = NetService::wicked;
    facts.dhcp_clients = {"/usr/lib/wicked/bin/wickedd-dhcp4"};
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("dhcp client: nothing known is unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.managers[0].state.state = Enablement::unknown;
    CHECK(judge(facts).status == Status::unknown);
    facts.managers.clear();
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
