// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts, const Profile& profile) {
    return checks::boot_disk_partitioned_mbr.evaluate(facts, profile);
}

Facts with_boot_disk(const BlockDevice& boot) {
    auto facts = plain_machine();
    facts.storage.devices->at(0) = boot;
    return facts;
}

TEST_CASE("partition table: MBR passes under both rules") {
    CHECK(judge(plain_machine(), profile_2018()).status == Status::pass);
    CHECK(judge(plain_machine(), profile_2026()).status == Status::pass);
}

TEST_CASE("partition table: GPT on the boot disk is refused by the rules of 2018 only") {
    const auto facts = with_boot_disk(disk("sda", "gpt"));
    CHECK(judge(facts, profile_2018()).status == Status::fail);
    CHECK(judge(facts, profile_2018()).evidence.at(0).found == "GPT");
    CHECK(judge(facts, profile_2026()).status == Status::pass);
}

TEST_CASE("partition table: GPT on a data disk is nobody's matter") {
    auto facts = plain_machine();
    facts.storage.devices->push_back(disk("sdb", "gpt"));
    CHECK(judge(facts, profile_2018()).status == Status::pass);
}

TEST_CASE("partition table: a boot disk without one is refused") {
    auto facts = plain_machine();
    facts.storage.devices = Devices{disk("xvda", "")};
    facts.storage.mounts = Mounts{mounted("/", "/dev/xvda", "ext4", "n:xvda")};
    CHECK(judge(facts, profile_2026()).status == Status::fail);
}

TEST_CASE("partition table: unread, or no device seen, is unknown") {
    auto unread = disk("sda", "");
    unread.unread = "permission denied";
    CHECK(judge(with_boot_disk(unread), profile_2026()).status == Status::unknown);
    CHECK(judge(plain_directory(), profile_2026()).status == Status::unknown);
    auto facts = plain_machine();
    facts.storage.devices = Devices();
    CHECK(judge(facts, profile_2026()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
