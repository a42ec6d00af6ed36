// SPDX-License-Identifier: Apache-2.0
#include "agent/profiles.h"
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const Fact<Firmware>& firmware, const char* profile) {
    Facts facts;
    facts.os.firmware = firmware;
    return checks::firmware_is_supported.evaluate(facts, *built_in_profile(profile)).status;
}

TEST_CASE("firmware: UEFI was refused in 2018 and is supported now") {
    CHECK(judge({Firmware::uefi}, "vmie-2018") == Status::fail);
    CHECK(judge({Firmware::uefi}, "vmie-2026") == Status::pass);
    CHECK(judge({Firmware::bios}, "vmie-2018") == Status::pass);
    CHECK(judge({Firmware::bios}, "vmie-2026") == Status::pass);
}

TEST_CASE("firmware: unknown matters only where one of the two is refused") {
    CHECK(judge({}, "vmie-2018") == Status::unknown);
    CHECK(judge({}, "vmie-2026") == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
