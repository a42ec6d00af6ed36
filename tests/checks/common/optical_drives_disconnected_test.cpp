// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::optical_drives_disconnected.evaluate(facts, profile_2026());
}

Facts with_drive(Medium medium) {
    auto facts = plain_machine();
    auto drive = disk("sr0", "");
    drive.kind = DeviceKind::rom;
    drive.medium = medium;
    facts.storage.devices->push_back(drive);
    return facts;
}

TEST_CASE("optical drives: none passes") { CHECK(judge(plain_machine()).status == Status::pass); }

TEST_CASE("optical drives: a disc weighs more than an empty drive") {
    CHECK(judge(with_drive(Medium::present)).status == Status::fail);
    CHECK(judge(with_drive(Medium::present)).variant.empty());
    CHECK(judge(with_drive(Medium::absent)).variant == "empty-drive");
}

TEST_CASE("optical drives: a mounted disc is a disc, whatever the drive says") {
    auto facts = with_drive(Medium::unknown);
    facts.storage.mounts->push_back(mounted("/media", "/dev/sr0", "iso9660", "n:sr0"));
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).evidence.at(0).found == "a disc, mounted");
}

TEST_CASE("optical drives: an unasked drive and unseen devices are unknown") {
    CHECK(judge(with_drive(Medium::unknown)).status == Status::unknown);
    CHECK(judge(plain_directory()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
