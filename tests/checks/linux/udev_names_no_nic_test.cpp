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
    return checks::udev_names_no_nic.evaluate(facts, {});
}

TEST_CASE("udev: no rule passes, a rule fails with its line") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    CHECK(judge(facts).status == Status::pass);
    facts.name_rules = {{"00:50:56:00:00:02", "", {"/etc/systemd/network/x.link:2", "MAC"}, true}};
    CHECK(judge(facts).status == Status::pass);
    facts.name_rules.push_back({"00:50:56:00:00:01",
                                "eth0",
                                {"/etc/udev/rules.d/70-persistent-net.rules:3", "SUBSYSTEM"}});
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.summary == "the name eth0 is kept for 00:50:56:00:00:01");
    REQUIRE(finding.evidence.size() == 1);
    CHECK(finding.evidence[0].where == "/etc/udev/rules.d/70-persistent-net.rules:3");
}

TEST_CASE("udev: rules that cannot be read are unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.unread = {{"/etc/udev/rules.d/70-persistent-net.rules", "permission denied"}};
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
