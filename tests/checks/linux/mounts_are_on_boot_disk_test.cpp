// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::mounts_are_on_boot_disk.evaluate(facts, profile_2026());
}

Facts with_data_disk(std::string_view text) {
    auto facts = plain_machine();
    facts.storage.devices->push_back(disk("sdb"));
    facts.storage.devices->push_back(partition("sdb1", "sdb", "xfs", "data"));
    facts.storage.fstab = fstab(text);
    return facts;
}

TEST_CASE("other disks: all on the boot disk passes") {
    CHECK(judge(plain_machine()).status == Status::pass);
}

TEST_CASE("other disks: one that the boot mounts is named") {
    auto facts = with_data_disk("UUID=root-uuid / ext4\nUUID=data /srv xfs defaults 0 0\n");
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).evidence.at(0).expected == "export sdb too");
    facts.storage.devices->at(3).bus = "iscsi";
    CHECK(judge(facts).evidence.at(0).expected == "export sdb (iscsi) too");
}

TEST_CASE("other disks: optional mounts pass") {
    CHECK(judge(with_data_disk("UUID=data /srv xfs nofail\nUUID=data /a xfs noauto\n")).status ==
          Status::pass);
}

TEST_CASE("other disks: from a directory only what names no disk can be judged") {
    auto facts = plain_directory();
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.fstab = fstab("UUID=1 / ext4\n/swap none swap\ntmpfs /tmp tmpfs\nh:/x /n nfs\n");
    CHECK(judge(facts).status == Status::pass);
    facts.storage.fstab = failure(Errc::wrong_type, "a directory");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
