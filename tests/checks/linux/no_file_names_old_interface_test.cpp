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
    return checks::no_file_names_old_interface.evaluate(facts, {});
}

TEST_CASE("references: none pass, one is named") {
    auto facts = network_with(started_interface("ens192", NetMethod::dhcp));
    CHECK(judge(facts).status == Status::pass);
    facts.name_uses = {{"/etc/sysctl.conf:7", "net.ipv4.conf.ens192.rp_filter=0"}};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.summary == "1 line names an interface that EC2 does not have");
    CHECK(finding.evidence.at(0).where == "/etc/sysctl.conf:7");
}
TEST_CASE("references: where the old name is not known it is unknown") {
    NetworkFacts facts;
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
