// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::fstab_sources_exist.evaluate(facts, profile_2026());
}

Facts machine_with(std::string_view text, InitSystem init = InitSystem::systemd) {
    auto facts = plain_machine();
    facts.os.init = init;
    facts.storage.fstab = fstab(text);
    return facts;
}

TEST_CASE("fstab sources: all there passes") {
    CHECK(judge(plain_machine()).status == Status::pass);
    CHECK(judge(machine_with("/dev/sda1 / ext4 x 0 1\nproc /proc proc\nh:/x /n nfs\n")).status ==
          Status::pass);
    CHECK(judge(machine_with("")).status == Status::pass);
}

TEST_CASE("fstab sources: a missing device that stops the boot") {
    for (const char* text : {"UUID=gone /srv ext4 defaults 0 2\n", "/dev/sdc1 /srv ext4 x 0 2\n",
                             "LABEL=gone /srv xfs\n", "/dev/mapper/vg-gone /srv xfs x 0 0\n",
                             "/dev/vg/gone /srv xfs x 0 0\n", "/dev/sr0 /cd iso9660 ro 0 0\n"}) {
        INFO(text);
        const auto finding = judge(machine_with(text));
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant.empty());
        CHECK(finding.evidence.at(0).where == "/etc/fstab:1");
    }
}

TEST_CASE("fstab sources: what the boot can do without is left alone") {
    CHECK(judge(machine_with("UUID=gone /a ext4 nofail\nUUID=gone /b ext4 noauto\n"
                             "/dev/sr0 /cd udf,iso9660 user,noauto 0 0\n"
                             "UUID=gone /c ext4 x-systemd.automount\n"))
              .status == Status::pass);
}

TEST_CASE("fstab sources: the cases weigh differently") {
    CHECK(judge(machine_with("UUID=gone / ext4 x 0 1\n")).variant == "root");
    CHECK(judge(machine_with("UUID=gone / ext4 x 0 1\n", InitSystem::sysv)).variant.empty());
    CHECK(judge(machine_with("UUID=gone none swap sw\n")).variant == "swap");
    CHECK(judge(machine_with("UUID=gone /d ext4 x 0 0\n", InitSystem::sysv)).variant == "skipped");
    CHECK(judge(machine_with("UUID=gone /d ext4 _netdev 0 0\n")).variant == "skipped");
    CHECK(judge(machine_with("UUID=gone none swap\nUUID=gone /d ext4\n")).variant.empty());
}

TEST_CASE("fstab sources: swap files and images that are not there") {
    auto facts = machine_with("/swap none swap sw\n");
    CHECK(judge(facts).status == Status::pass);
    facts.storage.fstab->missing_files = {"/swap"};
    CHECK(judge(facts).variant == "swap");
}

TEST_CASE("fstab sources: a UUID that an unread device may have is undetermined") {
    auto facts = machine_with("UUID=gone /d ext4\n");
    facts.storage.devices->push_back(partition("sdb1", "sdb"));
    facts.storage.devices->back().unread = "permission denied";
    CHECK(judge(facts).status == Status::unknown);
    // udev's links tell the same without privilege.
    facts.storage.devices->at(1).names.push_back("/dev/disk/by-uuid/root-uuid");
    CHECK(judge(facts).status == Status::fail);
    // A path needs no reading.
    facts = machine_with("/dev/sdc1 /d ext4\n");
    facts.storage.devices->at(1).unread = "permission denied";
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("fstab sources: from a directory only lines without devices can be judged") {
    auto facts = plain_directory();
    const auto finding = judge(facts);
    CHECK(finding.status == Status::unknown);
    CHECK(finding.variant == "root");
    facts.storage.fstab = fstab("UUID=1 /d ext4\n");
    CHECK(judge(facts).variant.empty());
    facts.storage.fstab = fstab("proc /proc proc\nUUID=1 /d ext4 nofail\ntmpfs /t tmpfs\n");
    CHECK(judge(facts).status == Status::pass);
    facts.storage.fstab = fstab("/dev/cdrom /cd iso9660 ro\nUUID=1 / ext4 x 0 1\n");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("fstab sources: no fstab, and one that cannot be read") {
    auto facts = plain_machine();
    facts.storage.fstab = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).status == Status::not_applicable);
    facts.storage.fstab = failure(Errc::bad_syntax, "NUL bytes");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
