// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::no_check_is_due.evaluate(facts, profile_2026());
}

constexpr std::uint64_t kDay = 86400;

Facts with_check(CheckState check) {
    auto facts = sound_boot_facts();
    facts.storage = plain_machine().storage;
    facts.storage.seen_at = 20000 * kDay;
    check.is_known = true;
    facts.storage.devices->at(1).check = check;
    return facts;
}

TEST_CASE("file system checks: what makes one due") {
    CHECK(judge(with_check({.mounts = 7})).status == Status::pass);
    CHECK(judge(with_check({.mounts = 29, .most_mounts = 30})).status == Status::fail);
    CHECK(judge(with_check({.mounts = 20, .most_mounts = 30})).status == Status::pass);
    CHECK(judge(with_check({.last_check = 19900 * kDay, .check_interval = 90 * kDay})).status ==
          Status::fail);
    CHECK(judge(with_check({.last_check = 19900 * kDay, .check_interval = 180 * kDay})).status ==
          Status::pass);
    // Never checked, as most are today: no interval, no check.
    CHECK(judge(with_check({.last_check = 15000 * kDay})).status == Status::pass);
    CHECK(judge(with_check({.has_errors = true})).status == Status::fail);
    // A mounted ext2 is never clean.
    CHECK(judge(with_check({.is_clean = false})).status == Status::pass);
}

TEST_CASE("file system checks: forced ones, those that nobody makes, those not seen") {
    auto facts = with_check({});
    facts.first_boot.forced_check = {"/forcefsck", "the file is there"};
    CHECK(judge(facts).status == Status::fail);
    facts = with_check({});
    facts.boot.entries[0].command_line += " fsck.mode=force";
    CHECK(judge(facts).status == Status::fail);
    facts = with_check({.has_errors = true});
    facts.storage.fstab = fstab("UUID=root-uuid / ext4 defaults 0 0\n");
    CHECK(judge(facts).status == Status::pass);
    facts = with_check({});
    facts.storage.devices->at(1).check.is_known = false;
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(plain_directory()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
