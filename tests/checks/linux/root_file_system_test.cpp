// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::root_file_system.evaluate(facts, profile_2026());
}

TEST_CASE("root file system: of the list passes, running or by fstab") {
    CHECK(judge(plain_machine()).status == Status::pass);
    const auto finding = judge(plain_directory());
    CHECK(finding.status == Status::pass);
    CHECK(finding.evidence.at(0).where == "/etc/fstab:1");
}

TEST_CASE("root file system: another kind fails with the value seen") {
    auto facts = plain_machine();
    facts.storage.mounts = Mounts{mounted("/", "rpool/ROOT", "zfs", "0:20")};
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).evidence.at(0).found == "zfs");
    facts = plain_directory();
    facts.storage.fstab = fstab("/dev/sda2 / reiserfs acl 1 1\n");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("root file system: the last mount on / counts") {
    auto facts = plain_machine();
    facts.storage.mounts =
        Mounts{mounted("/", "rootfs", "rootfs"), mounted("/", "/dev/sda1", "jfs")};
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("root file system: overlays, auto, no line and no fstab are unknown") {
    auto facts = plain_machine();
    facts.storage.mounts = Mounts{mounted("/", "overlay", "overlay", "0:50")};
    CHECK(judge(facts).status == Status::unknown);
    facts = plain_directory();
    facts.storage.fstab = fstab("UUID=1 / auto defaults 0 1\n");
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.fstab = fstab("");
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.fstab = failure(Errc::access_denied, "/etc/fstab: permission denied");
    CHECK(judge(facts).summary == "/etc/fstab: permission denied");
}

}  // namespace
}  // namespace guestprep
