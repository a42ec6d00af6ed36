// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::hardware_detection_is_off.evaluate(facts, profile_2026());
}

TEST_CASE("kudzu: started, off, not installed, not known") {
    Facts facts;
    facts.os.init = InitSystem::sysv;
    CHECK(judge(facts).status == Status::unknown);
    facts.first_boot.kudzu = {"kudzu", Enablement::enabled, "/etc/rc3.d/S05kudzu", "", false};
    facts.first_boot.old_hardware = {{"/etc/modprobe.conf:1", "alias eth0 pcnet32"}};
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).evidence.size() == 2);
    facts.first_boot.kudzu.state = Enablement::disabled;
    CHECK(judge(facts).status == Status::pass);
    facts.first_boot.kudzu.state = Enablement::absent;
    CHECK(judge(facts).status == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
