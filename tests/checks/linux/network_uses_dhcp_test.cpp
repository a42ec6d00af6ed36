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
    return checks::network_uses_dhcp.evaluate(facts, {});
}

TEST_CASE("static: DHCP passes, also on a name that EC2 does not have") {
    CHECK(judge(network_with(started_interface("eth0", NetMethod::dhcp))).status == Status::pass);
    CHECK(judge(network_with(started_interface("ens192", NetMethod::dhcp))).status == Status::pass);
}

TEST_CASE("static: a fixed address fails with the line that says so") {
    const auto finding = judge(network_with(started_interface("ens192", NetMethod::fixed)));
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    CHECK(finding.summary == "ens192 has the fixed address 192.0.2.10/24");
    REQUIRE(finding.evidence.size() == 1);
    CHECK(finding.evidence[0].where == "/etc/network/interfaces:2");
}

TEST_CASE("static: what does not start, loopback and docker's bridge are no findings") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    for (const auto kind : {NicKind::loopback, NicKind::other}) {
        facts.interfaces.push_back(started_interface("x", NetMethod::fixed));
        facts.interfaces.back().kind = kind;
    }
    facts.interfaces.push_back(started_interface("eth1", NetMethod::fixed));
    facts.interfaces.back().starts_at_boot = false;
    CHECK(judge(facts).status == Status::pass);
    facts.interfaces.back().starts_at_boot = true;
    CHECK(judge(facts).variant == "secondary");
}

TEST_CASE("static: the address of the bridge counts for its port") {
    auto port = started_interface("eth0", NetMethod::none);
    port.master = "br0";
    auto facts = network_with(port);
    facts.interfaces.push_back(started_interface("br0", NetMethod::fixed));
    facts.interfaces[1].kind = NicKind::bridge;
    CHECK(judge(facts).status == Status::fail);
    facts.interfaces[1].method = NetMethod::dhcp;
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("static: nothing configured is a case of its own") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.interfaces.clear();
    CHECK(judge(facts).variant == "unconfigured");
    facts.managers[0].service = NetService::network_manager;
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("static: what is not followed or not readable is unknown, a fixed address is not") {
    auto config = started_interface("eth0", NetMethod::dhcp);
    config.doubt = "a mapping script chooses its settings";
    CHECK(judge(network_with(config)).status == Status::unknown);
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.unread = {{"/etc/wicked/ifconfig/a.xml", "not followed"}};
    CHECK(judge(facts).status == Status::unknown);
    facts.interfaces[0].method = NetMethod::fixed;
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("static: files alone, without any service known, show a fixed address") {
    auto facts = network_with(started_interface("eth0", NetMethod::fixed));
    facts.managers.clear();
    CHECK(judge(facts).status == Status::fail);
    facts.interfaces.clear();
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
