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
    return checks::has_one_network_interface.evaluate(facts, {});
}

TEST_CASE("one NIC: one passes, two are named, none is unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    CHECK(judge(facts).status == Status::pass);
    facts.nics->push_back({"eth1", "00:50:56:00:00:02", "vmxnet3", {}, {}});
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    REQUIRE(finding.evidence.size() == 2);
    CHECK(finding.evidence[1].where == "/sys/class/net/eth1");
    facts.nics->clear();
    CHECK(judge(facts).status == Status::unknown);
}

TEST_CASE("one NIC: a bond over it is another case") {
    auto port = started_interface("eth0", NetMethod::none);
    port.master = "bond0";
    auto facts = network_with(port);
    facts.interfaces.push_back(started_interface("bond0", NetMethod::dhcp));
    facts.interfaces[1].kind = NicKind::bond;
    CHECK(judge(facts).variant == "bonded");
    facts.interfaces[1].kind = NicKind::bridge;
    CHECK(judge(facts).variant == "bridged");
    // A bridge of containers has no port at boot.
    facts.interfaces[0].master.clear();
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("one NIC: a directory tells of several that are configured, not of one") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.nics = failure(Errc::unsupported, "no hardware");
    CHECK(judge(facts).status == Status::unknown);
    facts.interfaces.push_back(started_interface("eth1", NetMethod::dhcp));
    facts.interfaces[1].here.at = "/etc/network/interfaces:9";
    CHECK(judge(facts).status == Status::fail);
    facts.interfaces[1].starts_at_boot = false;
    CHECK(judge(facts).status == Status::unknown);
}

TEST_CASE("one NIC: several configurations of one interface are one") {
    for (const auto* name : {"eth0", "eth0:1", "e*"}) {
        CAPTURE(name);
        auto facts = network_with(started_interface("eth0", NetMethod::fixed));
        facts.nics = failure(Errc::unsupported, "no hardware");
        facts.interfaces.push_back(started_interface(name, NetMethod::fixed));
        facts.interfaces[1].here.at = "/etc/network/interfaces:9";
        CHECK(judge(facts).status == Status::unknown);
        facts.interfaces.push_back(started_interface("eth1:1", NetMethod::fixed));
        const auto finding = judge(facts);
        CHECK(finding.status == Status::fail);
        CHECK(finding.evidence.size() == 2);
    }
}

}  // namespace
}  // namespace guestprep
