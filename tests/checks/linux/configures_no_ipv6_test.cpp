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
    return checks::configures_no_ipv6.evaluate(facts, {});
}

TEST_CASE("ipv6: none configured passes") {
    CHECK(judge(network_with(started_interface("eth0", NetMethod::dhcp))).status == Status::pass);
}

TEST_CASE("ipv6: a fixed address is named; without IPv4 it is worse") {
    auto config = started_interface("eth0", NetMethod::dhcp);
    config.ipv6_addresses = {"2001:db8::1/64"};
    config.ipv6_line = {"/etc/network/interfaces:5", "address 2001:db8::1"};
    const auto finding = judge(network_with(config));
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    REQUIRE(finding.evidence.size() == 1);
    CHECK(finding.evidence[0].where == "/etc/network/interfaces:5");
    config.method = NetMethod::none;
    CHECK(judge(network_with(config)).variant == "only");
    config.starts_at_boot = false;
    CHECK(judge(network_with(config)).status == Status::pass);
}

TEST_CASE("ipv6: an unreadable configuration is unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.unread = {{"/etc/netplan/a.yaml", "permission denied"}};
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
