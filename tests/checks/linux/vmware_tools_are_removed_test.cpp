// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(VmwareTools tools) {
    Facts facts;
    facts.software.vmware_tools = std::move(tools);
    return checks::vmware_tools_are_removed.evaluate(facts, {});
}

TEST_CASE("VMware Tools: none passes") { CHECK(judge({}).status == Status::pass); }

TEST_CASE("VMware Tools: the vendor's are a warning, whatever of them is found") {
    for (const auto& tools : {VmwareTools{.tarball = "/usr/bin/vmware-uninstall-tools.pl",
                                          .program = "/usr/bin/vmtoolsd"},
                              VmwareTools{.packages = {"vmware-tools-esx-nox"}},
                              VmwareTools{.modules = {"/lib/modules/2.6.32/misc/vmxnet.ko"}}}) {
        const auto finding = judge(tools);
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant.empty());
    }
}

TEST_CASE("VMware Tools: those of the distribution are advice") {
    CHECK(judge({.program = "/usr/bin/vmtoolsd"}).variant == "distribution");
    CHECK(judge({.packages = {"open-vm-tools"}}).variant == "distribution");
}

TEST_CASE("VMware Tools: not looked at is unknown") {
    CHECK(checks::vmware_tools_are_removed.evaluate(Facts(), {}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
