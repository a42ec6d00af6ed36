// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::boots_from_one_disk.evaluate(facts, profile_2026());
}

/// sda with GRUB and sda1, sdb with sdb1.
Facts two_disks(Mounts mounts) {
    auto facts = plain_machine();
    facts.storage.devices =
        Devices{disk("sda", "dos", "grub"), disk("sdb", "dos"),
                partition("sda1", "sda", "ext4", "a"), partition("sdb1", "sdb", "ext4", "b")};
    facts.storage.mounts = std::move(mounts);
    return facts;
}

TEST_CASE("one boot disk: a single disk passes, even unread") {
    auto facts = plain_machine();
    CHECK(judge(facts).status == Status::pass);
    facts.storage.devices->at(0).unread = "permission denied";
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("one boot disk: loader and system together pass beside a data disk") {
    CHECK(judge(two_disks({mounted("/", "/dev/sda1", "ext4", "n:sda1"),
                           mounted("/d", "/dev/sdb1", "ext4", "n:sdb1")}))
              .status == Status::pass);
}

TEST_CASE("one boot disk: the loader on another disk than / fails") {
    const auto finding = judge(two_disks({mounted("/", "/dev/sdb1", "ext4", "n:sdb1")}));
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).found == "sda");
}

TEST_CASE("one boot disk: /boot on another disk than / fails") {
    const auto finding = judge(two_disks({mounted("/", "/dev/sdb1", "ext4", "n:sdb1"),
                                          mounted("/boot", "/dev/sda1", "ext4", "n:sda1")}));
    CHECK(finding.status == Status::fail);
    CHECK(finding.summary == "/ is on sdb, /boot on sda");
}

TEST_CASE("one boot disk: a volume group that also uses another disk is judged elsewhere") {
    auto facts = two_disks({mounted("/", "/dev/mapper/vg-root", "xfs", "n:dm-0"),
                            mounted("/boot", "/dev/sda1", "ext4", "n:sda1")});
    facts.storage.devices->push_back(partition("sda2", "sda", "LVM2_member"));
    facts.storage.devices->push_back(mapper("dm-0", "vg-root", {"sda2", "sdb1"}, "xfs", "r"));
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("one boot disk: with UEFI the EFI system partition counts") {
    auto facts = two_disks({mounted("/", "/dev/sdb1", "ext4", "n:sdb1"),
                            mounted("/boot/efi", "/dev/sda1", "vfat", "n:sda1")});
    facts.os.firmware = Firmware::uefi;
    CHECK(judge(facts).summary == "/boot/efi is on sda, / on sdb");
    facts.storage.mounts->at(1).number = "n:sdb1";
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("one boot disk: unread first sectors and unseen disks are unknown") {
    auto facts = two_disks({mounted("/", "/dev/sdb1", "ext4", "n:sdb1")});
    facts.storage.devices->at(1).unread = "permission denied";
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.devices->at(1).unread.clear();
    facts.storage.devices->at(1).boot_code = "unknown";
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.devices->at(1).boot_code.clear();
    facts.storage.devices->at(0).boot_code.clear();
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(plain_directory()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
