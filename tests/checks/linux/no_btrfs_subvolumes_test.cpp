// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts, const Profile& profile = profile_2026()) {
    return checks::no_btrfs_subvolumes.evaluate(facts, profile);
}

Facts on_btrfs(std::vector<std::string> options, std::string root) {
    auto facts = plain_machine();
    auto mount = mounted("/", "/dev/sda1", "btrfs", "0:33");
    mount.options = std::move(options);
    mount.root = std::move(root);
    facts.storage.mounts = Mounts{mount};
    facts.storage.fstab = fstab("");
    return facts;
}

TEST_CASE("btrfs: no Btrfs, nothing to judge") {
    CHECK(judge(plain_machine()).status == Status::not_applicable);
    CHECK(judge(plain_directory()).status == Status::not_applicable);
}

TEST_CASE("btrfs: the top of the file system passes") {
    CHECK(judge(on_btrfs({"rw", "subvolid=5", "subvol=/"}, "/")).status == Status::pass);
    CHECK(judge(on_btrfs({"rw"}, "/")).status == Status::pass);
}

TEST_CASE("btrfs: a mounted subvolume fails, told by options or by the root field") {
    const auto finding = judge(on_btrfs({"rw", "subvolid=256", "subvol=/@"}, "/@"));
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).found == "subvolume /@");
    CHECK(judge(on_btrfs({"rw"}, "/@/.snapshots/1/snapshot")).status == Status::fail);
}

TEST_CASE("btrfs: a bind mount of a directory is no subvolume") {
    auto facts = on_btrfs({"rw", "subvolid=5", "subvol=/"}, "/");
    auto bind = facts.storage.mounts->at(0);
    bind.mount_point = "/export";
    bind.root = "/srv";
    facts.storage.mounts->push_back(bind);
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("btrfs: fstab tells too") {
    auto facts = plain_directory();
    facts.storage.fstab = fstab("UUID=1 / btrfs defaults,subvol=@ 0 0\n");
    CHECK(judge(facts).status == Status::fail);
    facts.storage.fstab = fstab("UUID=1 / btrfs subvolid=5 0 0\n");
    CHECK(judge(facts).status == Status::pass);
    facts.storage.fstab = fstab("UUID=1 / ext4\nUUID=2 /d btrfs subvolid=257\n");
    CHECK(judge(facts).status == Status::fail);
}

TEST_CASE("btrfs: a default subvolume cannot be seen from a directory") {
    auto facts = plain_directory();
    facts.storage.fstab = fstab("UUID=1 / btrfs defaults 0 0\n");
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.fstab = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

TEST_CASE("btrfs: the rules of 2018 know no such limit") {
    CHECK(judge(on_btrfs({"subvol=/@"}, "/@"), profile_2018()).status == Status::pass);
}

}  // namespace
}  // namespace guestprep
