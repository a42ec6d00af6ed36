// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::fstab_names_by_uuid.evaluate(facts, profile_2026());
}

Facts machine_with(std::string_view text) {
    auto facts = plain_machine();
    facts.storage.devices->push_back(disk("sdb"));
    facts.storage.devices->push_back(partition("sdb1", "sdb", "ext4", "data-uuid"));
    facts.storage.fstab = fstab(text);
    return facts;
}

TEST_CASE("fstab names: names that stay pass") {
    const auto finding = judge(machine_with(
        "UUID=1 / ext4\nLABEL=x /a ext4\n/dev/mapper/vg-x /b ext4\n/dev/vg/x /c ext4\n"
        "/dev/md0 /d ext4\n/dev/disk/by-uuid/1 /e ext4\n/dev/disk/by-label/x /f ext4\n"
        "/dev/disk/by-id/dm-name-vg-root /g ext4\n/dev/disk/by-id/md-uuid-1 /h ext4\n"
        "/dev/sr0 /cd udf,iso9660 noauto\n/dev/hdc /cd2 iso9660 noauto\n/swap none swap\n"));
    CHECK(finding.status == Status::pass);
}

TEST_CASE("fstab names: a mount by kernel name names the UUID to write") {
    const auto finding = judge(machine_with("# x\n/dev/sdb1 /data ext4 defaults 0 2\n"));
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    REQUIRE(finding.evidence.size() == 1);
    CHECK(finding.evidence[0] ==
          Evidence{"/etc/fstab:2", "/dev/sdb1 /data ext4 defaults 0 2", "UUID=data-uuid"});
    CHECK(finding.remedy.text.find("line 2: UUID=data-uuid") != std::string::npos);
    CHECK(finding.remedy.commands.empty());
}

TEST_CASE("fstab names: no UUID is named that two devices have, or that nobody knows") {
    auto facts = machine_with("/dev/sdb1 /data ext4 defaults 0 2\n");
    facts.storage.devices->push_back(partition("sdc1", "sdc", "ext4", "data-uuid"));
    CHECK(judge(facts).evidence.at(0).expected == "UUID=...");
    CHECK(judge(facts).remedy.commands ==
          std::vector<std::vector<std::string>>{{"blkid", "/dev/sdb1"}});
    facts.storage.devices = failure(Errc::unsupported, "a directory");
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).evidence.at(0).expected == "UUID=...");
}

TEST_CASE("fstab names: links by path and by the disk's ID change, SUSE's default") {
    for (const char* spec :
         {"/dev/disk/by-id/scsi-36000c29-part2", "/dev/disk/by-id/dm-uuid-part1-mpath-3600",
          "/dev/disk/by-path/pci-0000:00:10.0-scsi-0:0:0:0-part2", "/dev/cciss/c0d0p1",
          "/dev/nvme0n1p1", "/dev/xvda1"}) {
        INFO(spec);
        CHECK(judge(machine_with(std::string(spec) + " /data ext3 acl 1 2\n")).status ==
              Status::fail);
    }
}

TEST_CASE("fstab names: the cases weigh differently") {
    const auto variant = [](std::string_view text, InitSystem init = InitSystem::systemd) {
        auto facts = machine_with(text);
        facts.os.init = init;
        return judge(facts).variant;
    };
    // Seen on a real machine: systemd boots with a stale name for / when root= is right.
    CHECK(variant("/dev/sda1 / ext4 defaults 0 1\n") == "root");
    CHECK(variant("/dev/sda1 / ext3 defaults 1 1\n", InitSystem::sysv).empty());
    CHECK(variant("/dev/sda2 none swap sw 0 0\n") == "swap");
    CHECK(variant("/dev/sda2 none swap sw 0 0\n/dev/sda1 / ext4 x 0 1\n") == "root");
    CHECK(variant("/dev/sda1 / ext4 x 0 1\n/dev/sdb1 /d ext4 x 0 2\n").empty());
    CHECK(variant("/dev/sdb1 /d ext4 nofail 0 2\n") == "optional");
    CHECK(variant("/dev/sdb1 /d ext4 noauto 0 2\n") == "optional");
    CHECK(variant("/dev/sdb1 /d ext4 x-systemd.automount 0 2\n") == "optional");
    CHECK(variant("/dev/sdb1 /d ext4 defaults 0 0\n", InitSystem::sysv) == "optional");
    CHECK(variant("/dev/sdb1 /d ext4 defaults 0 2\n", InitSystem::sysv).empty());
    CHECK(variant("/dev/sdb1 /d ext4 nobootwait 0 2\n", InitSystem::upstart) == "optional");
}

TEST_CASE("fstab names: no fstab, an empty one, and one that cannot be read") {
    auto facts = machine_with("");
    CHECK(judge(facts).status == Status::pass);
    facts.storage.fstab = failure(Errc::not_found, "/etc/fstab: no such file");
    CHECK(judge(facts).status == Status::not_applicable);
    facts.storage.fstab = failure(Errc::wrong_type, "/etc/fstab: is a FIFO, not a file");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(facts).summary == "/etc/fstab: is a FIFO, not a file");
}

}  // namespace
}  // namespace guestprep
