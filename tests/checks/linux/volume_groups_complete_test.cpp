// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::volume_groups_complete.evaluate(facts, profile_2026());
}

const std::string kGroup(32, 'g');

Facts on_lvm() {
    auto facts = plain_machine();
    auto& storage = facts.storage;
    storage.devices->push_back(partition("sda3", "sda", "LVM2_member", "pv"));
    storage.devices->push_back(mapper("dm-0", "vg-root", {"sda3"}, "ext4", "x"));
    storage.devices->back().mapper_uuid = "LVM-" + kGroup + std::string(32, 'v');
    storage.mounts = Mounts{mounted("/", "/dev/mapper/vg-root", "ext4", "n:dm-0")};
    facts.volume_managers.groups = std::vector<VolumeGroup>{{"vg", kGroup, false}};
    return facts;
}

TEST_CASE("LVM groups: without LVM there is nothing to say, a whole group passes") {
    CHECK(judge(plain_machine()).status == Status::not_applicable);
    CHECK(judge(on_lvm()).status == Status::pass);
}

TEST_CASE("LVM groups: a missing physical volume is a blocker under the system, else a warning") {
    auto facts = on_lvm();
    facts.volume_managers.groups->push_back({"data", std::string(32, 'd'), true});
    CHECK(judge(facts).variant == "elsewhere");
    facts.volume_managers.groups->front().is_partial = true;
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
    CHECK(judge(facts).evidence.at(0).where == "volume group vg");
}

TEST_CASE("LVM groups: a disk that is not exported, a volume that is not linear") {
    auto facts = on_lvm();
    facts.storage.devices->at(0).bus = "iscsi";
    CHECK(judge(facts).status == Status::fail);
    facts = on_lvm();
    facts.storage.devices->back().mapper_uuid += "-tpool";
    CHECK(judge(facts).variant == "layered");
}

TEST_CASE("LVM groups: where vgs cannot be asked it is unknown") {
    auto facts = on_lvm();
    facts.volume_managers.groups = failure(Errc::access_denied, "vgs needs root");
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(plain_directory()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
