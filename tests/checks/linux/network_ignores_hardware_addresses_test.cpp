// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/network_facts.h"

namespace guestprep {
namespace {

Finding judge(const NetworkFacts& network) {
    Facts facts;
    facts.network = network;
    return checks::network_ignores_hardware_addresses.evaluate(facts, {});
}

InterfaceConfig bound() {
    auto config = started_interface("eth0", NetMethod::dhcp);
    config.macs = {"00:50:56:00:00:01"};
    config.mac_line = {"/etc/x:3", "HWADDR=00:50:56:00:00:01"};
    return config;
}

TEST_CASE("hwaddr: no binding passes") {
    CHECK(judge(network_with(started_interface("eth0", NetMethod::dhcp))).status == Status::pass);
}

TEST_CASE("hwaddr: the only configuration being bound fails, whatever its name") {
    for (const auto* name : {"eth0", "ens192"}) {
        auto config = bound();
        config.id = name;
        config.names = {name};
        const auto finding = judge(network_with(config));
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant.empty());
        REQUIRE(finding.evidence.size() == 1);
        CHECK(finding.evidence[0].where == "/etc/x:3");
    }
}

TEST_CASE("hwaddr: where another configuration takes the NIC it weighs less") {
    auto facts = network_with(bound());
    facts.interfaces.push_back(started_interface("eth0", NetMethod::dhcp));
    CHECK(judge(facts).variant == "spare");
    facts.interfaces[0].starts_at_boot = false;
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("hwaddr: an address that is given to the NIC stops it on EC2") {
    auto config = started_interface("eth0", NetMethod::dhcp);
    config.sets_mac = "00:50:56:00:00:01";
    config.sets_mac_line = {"/etc/x:4", "MACADDR=00:50:56:00:00:01"};
    const auto finding = judge(network_with(config));
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    CHECK(finding.evidence.at(0).where == "/etc/x:4");
}

TEST_CASE("hwaddr: where no service is known to start, a binding is no pass") {
    auto facts = network_with(bound());
    facts.managers[0].state.state = Enablement::unknown;
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(facts).evidence.at(0).where == "/etc/x:3");
    facts.interfaces[0].macs.clear();
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("hwaddr: an unreadable configuration is unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.unread = {{"/etc/NetworkManager/system-connections/a", "permission denied"}};
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
