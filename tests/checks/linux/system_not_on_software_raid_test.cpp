// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::system_not_on_software_raid.evaluate(facts, profile_2026());
}

Facts on_raid(std::vector<std::string> members) {
    auto facts = plain_machine();
    facts.storage.devices = Devices{disk("sda"),
                                    disk("sdb"),
                                    partition("sda1", "sda"),
                                    partition("sda2", "sda"),
                                    partition("sdb1", "sdb"),
                                    mapper("md0", "", std::move(members), "ext4", "r")};
    facts.storage.mounts = Mounts{mounted("/", "/dev/md0", "ext4", "n:md0")};
    return facts;
}

TEST_CASE("software RAID: plain partitions pass") {
    CHECK(judge(plain_machine()).status == Status::pass);
}

TEST_CASE("software RAID: / over two disks is a blocker, over one a warning") {
    CHECK(judge(on_raid({"sda1", "sdb1"})).status == Status::fail);
    CHECK(judge(on_raid({"sda1", "sdb1"})).variant.empty());
    CHECK(judge(on_raid({"sda1", "sda2"})).variant == "one-disk");
}

TEST_CASE("software RAID: /boot counts, data does not, and LVM above hides nothing") {
    auto facts = on_raid({"sda1", "sdb1"});
    facts.storage.mounts = Mounts{mounted("/", "/dev/sda2", "ext4", "n:sda2"),
                                  mounted("/data", "/dev/md0", "ext4", "n:md0")};
    CHECK(judge(facts).status == Status::pass);
    facts.storage.mounts->at(1).mount_point = "/boot";
    CHECK(judge(facts).status == Status::fail);
    facts.storage.devices->push_back(mapper("dm-0", "vg-root", {"md0"}, "xfs", "x"));
    facts.storage.mounts = Mounts{mounted("/", "/dev/mapper/vg-root", "xfs", "n:dm-0")};
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("software RAID: from a directory it is unknown, and says what fstab tells") {
    auto facts = plain_directory();
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.fstab = fstab("/dev/md2 / ext3 defaults 0 1\n");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(facts).evidence.at(0).where == "/etc/fstab:1");
}

}  // namespace
}  // namespace guestprep
