// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::secure_boot_is_off.evaluate(facts, profile_2026());
}

TEST_CASE("secure boot: on, off, not there, not to be seen") {
    Facts facts;
    facts.os.firmware = Firmware::uefi;
    CHECK(judge(facts).status == Status::unknown);
    facts.first_boot.secure_boot = true;
    CHECK(judge(facts).status == Status::fail);
    facts.first_boot.secure_boot = false;
    CHECK(judge(facts).status == Status::pass);
    facts.first_boot.secure_boot = failure(Errc::not_found, "none");
    CHECK(judge(facts).status == Status::pass);
    facts.os.firmware = Firmware::bios;
    CHECK(judge(facts).status == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
