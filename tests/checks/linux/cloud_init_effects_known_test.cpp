// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::cloud_init_effects_known.evaluate(facts, profile_2026());
}

TEST_CASE("cloud-init's effects: only where it starts and asks EC2") {
    Facts facts;
    CHECK(judge(facts).status == Status::unknown);
    facts.network.cloud_init = failure(Errc::not_found, "none");
    CHECK(judge(facts).status == Status::not_applicable);
    CloudInit cloud;
    cloud.effects = {{"/etc/cloud/cloud.cfg:12", "ssh_pwauth: false"}};
    facts.network.cloud_init = cloud;
    CHECK(judge(facts).status == Status::pass);
    facts.network.cloud_init->starts = true;
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).evidence.at(0).where == "/etc/cloud/cloud.cfg:12");
    facts.network.cloud_init->datasources = {"VMware"};
    CHECK(judge(facts).status == Status::pass);
}

}  // namespace
}  // namespace guestprep
