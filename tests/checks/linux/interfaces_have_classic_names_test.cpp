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
    return checks::interfaces_have_classic_names.evaluate(facts, {});
}

TEST_CASE("names: eth0 by policy passes") {
    const auto finding = judge(network_with(started_interface("eth0", NetMethod::dhcp)));
    CHECK(finding.status == Status::pass);
    REQUIRE(finding.evidence.size() == 1);
    CHECK(finding.evidence[0].where == "/boot/grub/grub.cfg:1");
}

TEST_CASE("names: by place fails, also where the NIC is called eth0 now") {
    auto facts = network_with(started_interface("ens192", NetMethod::dhcp));
    facts.naming->policy = NamingPolicy::predictable;
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    CHECK(finding.summary.find("ens192") != std::string::npos);
    facts.nics->at(0).name = "eth0";
    CHECK(judge(facts).variant == "eth_now");
}

TEST_CASE("names: classic names with a configuration for ens192 do not meet") {
    const auto facts = network_with(started_interface("ens192", NetMethod::dhcp));
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant == "name_bound");
}

TEST_CASE("names: an unknown policy is unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.naming = failure(Errc::unsupported, "boot entries differ");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
