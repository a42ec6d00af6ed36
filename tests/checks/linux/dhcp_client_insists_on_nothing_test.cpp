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
    return checks::dhcp_client_insists_on_nothing.evaluate(facts, {});
}

TEST_CASE("dhclient: no limits pass, limits are named") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    CHECK(judge(facts).status == Status::pass);
    facts.dhcp_limits->push_back(
        {"/etc/dhcp/dhclient.conf:3", "supersede domain-name-servers 192.0.2.53;"});
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/dhcp/dhclient.conf:3");
}
TEST_CASE("dhclient: settings that cannot be read are unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.dhcp_limits = failure(Errc::access_denied, "permission denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
