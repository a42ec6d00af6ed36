// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::file_systems_supported.evaluate(facts, profile_2026());
}

TEST_CASE("file systems: supported ones pass, running or by fstab") {
    CHECK(judge(plain_machine()).status == Status::pass);
    CHECK(judge(plain_directory()).status == Status::pass);
}

TEST_CASE("file systems: the system's own in another kind is a blocker") {
    auto facts = plain_machine();
    facts.storage.devices->push_back(partition("sda3", "sda", "reiserfs", "v"));
    facts.storage.mounts->push_back(mounted("/var", "/dev/sda3", "reiserfs", "n:sda3"));
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    CHECK(finding.evidence.size() == 1);
}

TEST_CASE("file systems: data in another kind is a warning, mounted, in fstab or not at all") {
    auto facts = plain_machine();
    facts.storage.mounts->push_back(mounted("/tank", "tank", "zfs", "0:44"));
    CHECK(judge(facts).variant == "data");
    facts = plain_directory();
    facts.storage.fstab = fstab("UUID=1 / xfs\nUUID=2 /win ntfs noauto\n");
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant == "data");
    facts = plain_machine();
    facts.storage.devices->push_back(partition("sda3", "sda", "f2fs", "v"));
    CHECK(judge(facts).evidence.at(0).where == "/dev/sda3");
}

TEST_CASE("file systems: what is no volume is not judged") {
    auto facts = plain_machine();
    auto snap = partition("loop0", "", "squashfs");
    snap.kind = DeviceKind::loop;
    facts.storage.devices->push_back(snap);
    for (const auto& mount :
         {mounted("/snap/x", "/dev/loop0", "squashfs", "n:loop0"),
          mounted("/media", "/dev/sr0", "iso9660", "11:0"),
          mounted("/nas", "nas:/x", "nfs4", "0:60"), mounted("/fuse", "/dev/fuse", "fuse", "0:61")})
        facts.storage.mounts->push_back(mount);
    facts.storage.fstab = fstab(
        "UUID=root-uuid / ext4\nproc /proc proc\nnas:/x /nas nfs4\n/dev/sr0 /media udf,iso9660 "
        "noauto\n"
        "/img.iso /iso iso9660 loop\n/srv /export none bind\n/dev/zram0 none swap defaults\n");
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("file systems: FAT is fine on the EFI system partition only") {
    auto facts = plain_machine();
    facts.storage.devices->push_back(partition("sda3", "sda", "vfat", "1-2"));
    facts.storage.mounts->push_back(mounted("/boot/efi", "/dev/sda3", "vfat", "n:sda3"));
    CHECK(judge(facts).status == Status::pass);
    facts.storage.mounts->back().mount_point = "/dos";
    CHECK(judge(facts).variant == "data");
    facts.storage.mounts->pop_back();
    facts.storage.devices->back().partition_type = "0xef";
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("file systems: what cannot be told is unknown") {
    auto facts = plain_directory();
    facts.storage.fstab = fstab("UUID=1 / auto\n");
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.fstab = fstab("UUID=1 / ext4\nUUID=2 /d auto\n");
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.fstab = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).status == Status::unknown);
    facts = plain_machine();
    facts.storage.mounts = Mounts{mounted("/", "overlay", "overlay", "0:50")};
    facts.storage.fstab = fstab("");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
