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
    return checks::cloud_init_enabled.evaluate(facts, {});
}

TEST_CASE("cloud-init: started passes, switched off fails, none does not apply") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    CHECK(judge(facts).status == Status::not_applicable);
    facts.cloud_init = CloudInit{.starts = true};
    CHECK(judge(facts).status == Status::pass);
    facts.cloud_init = CloudInit{.disabled = {"/etc/cloud/cloud-init.disabled", "there"}};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/etc/cloud/cloud-init.disabled");
    facts.cloud_init = CloudInit{};
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("cloud-init: unreadable settings are unknown") {
    auto facts = network_with(started_interface("eth0", NetMethod::dhcp));
    facts.cloud_init = failure(Errc::bad_syntax, "cannot be read as YAML");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
