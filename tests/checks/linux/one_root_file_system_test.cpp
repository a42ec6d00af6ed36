// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::one_root_file_system.evaluate(facts, profile_2026());
}

TEST_CASE("second root: a file system that nothing mounts") {
    auto facts = plain_machine();
    CHECK(judge(facts).status == Status::pass);
    facts.storage.devices->push_back(disk("sdb"));
    facts.storage.devices->push_back(partition("sdb1", "sdb", "xfs", "other"));
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).evidence.at(0).where == "/dev/sdb1");
    facts.storage.fstab =
        fstab("UUID=root-uuid / ext4 defaults 0 1\nUUID=other /data xfs noauto 0 0\n");
    CHECK(judge(facts).status == Status::pass);
    // A copy of the disk carries the same UUID twice.
    facts.storage.devices->push_back(partition("sdb2", "sdb", "ext4", "root-uuid"));
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("second root: swap, other types, members of RAID and removable disks do not count") {
    auto facts = plain_machine();
    facts.storage.devices->push_back(partition("sda5", "sda", "vfat", "v"));
    facts.storage.devices->push_back(partition("sda6", "sda", "ext4", "m"));
    facts.storage.devices->push_back(mapper("md0", "", {"sda6"}, "ext4", "m"));
    facts.storage.mounts->push_back(mounted("/data", "/dev/md0", "ext4", "n:md0"));
    facts.storage.devices->push_back(partition("sdc1", "sdc", "ext4", "usb"));
    facts.storage.devices->back().removable = true;
    CHECK(judge(facts).status == Status::pass);
    facts.storage.devices->at(2).unread = "permission denied";
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(plain_directory()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
