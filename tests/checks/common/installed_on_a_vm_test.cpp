// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(Origin origin) {
    Facts facts;
    facts.software.origin = std::move(origin);
    return checks::installed_on_a_vm.evaluate(facts, {});
}

TEST_CASE("origin: an installer's log that names a virtual machine passes") {
    const auto finding =
        judge({.logs = {"/l"}, .virtual_machine = {"/l:1", "VMware, Inc. VMware7,1", 0}});
    CHECK(finding.status == Status::pass);
    CHECK(finding.evidence.at(0).where == "/l:1");
}

TEST_CASE("origin: logs without a machine pass in so many words, no logs are unknown") {
    const auto finding = judge({.logs = {"/var/log/installer/syslog"}});
    CHECK(finding.status == Status::pass);
    CHECK(finding.summary.find("no trace") != std::string::npos);
    CHECK(judge({}).status == Status::unknown);
    CHECK(checks::installed_on_a_vm.evaluate(Facts(), {}).status == Status::unknown);
}

TEST_CASE("origin: hardware in the log or left behind fails, a management package does not") {
    CHECK(judge({.logs = {"/l"}, .physical = {{"/l:1", "Dell Inc. PowerEdge R710", 3}}}).status ==
          Status::fail);
    CHECK(judge({.physical = {{"/etc/sysconfig/hwconf:9", "hardware driver bnx2", 2}}}).status ==
          Status::fail);
    CHECK(judge({.logs = {"/l"}, .physical = {{"package hp-health", "x", 1}}}).status ==
          Status::pass);
}

}  // namespace
}  // namespace guestprep
