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
    return checks::cloud_init_asks_ec2.evaluate(facts, {});
}

TEST_CASE("data sources: no list and a list with Ec2 pass, others fail") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    CHECK(judge(facts).status == Status::not_applicable);
    facts.cloud_init = CloudInit{.starts = true};
    CHECK(judge(facts).status == Status::pass);
    facts.cloud_init->datasources = {"VMware", "ec2"};
    CHECK(judge(facts).status == Status::pass);
    facts.cloud_init->datasources = {"NoCloud", "None"};
    facts.cloud_init->datasource_list = {"/etc/cloud/cloud.cfg.d/99.cfg:1", "NoCloud, None"};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/cloud/cloud.cfg.d/99.cfg:1");
    facts.cloud_init = CloudInit{.ds_identify = {"/etc/cloud/ds-identify.cfg", "policy: disabled"}};
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("data sources: unreadable settings are unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.cloud_init = failure(Errc::access_denied, "permission denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
