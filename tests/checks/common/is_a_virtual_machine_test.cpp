// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const Facts& facts) { return checks::is_a_virtual_machine.evaluate(facts, {}).status; }

TEST_CASE("virtual machine: a hypervisor passes, bare metal fails, no answer is unknown") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts) == Status::pass);
    facts.os.hypervisor = Hypervisor{"unknown", "CPUID has the hypervisor bit"};
    CHECK(judge(facts) == Status::pass);
    facts.os.hypervisor = Hypervisor{"none", "Dell Inc."};
    CHECK(judge(facts) == Status::fail);
    facts.os.hypervisor = failure(Errc::unsupported, "no DMI");
    CHECK(judge(facts) == Status::unknown);
    facts.running = false;
    CHECK(judge(facts) == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
