// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::system_volume_group_on_one_disk.evaluate(facts, profile_2026());
}

constexpr const char* kGroup = "LVM-0123456789abcdef0123456789abcdef";

BlockDevice volume(std::string name, std::vector<std::string> slaves, const char* group = kGroup) {
    auto device = mapper(name, "vg-" + name, std::move(slaves), "xfs", name);
    device.mapper_uuid = group + name;
    return device;
}

Facts on_lvm(Devices volumes) {
    auto facts = plain_machine();
    auto& devices = *facts.storage.devices;
    devices = {disk("sda"), disk("sdb"), partition("sda2", "sda", "LVM2_member"),
               partition("sdb1", "sdb", "LVM2_member")};
    devices.insert(devices.end(), volumes.begin(), volumes.end());
    facts.storage.mounts = Mounts{mounted("/", "/dev/mapper/vg-root", "xfs", "n:root")};
    return facts;
}

TEST_CASE("volume group: on one disk passes, no LVM is not concerned") {
    CHECK(judge(on_lvm({volume("root", {"sda2"})})).status == Status::pass);
    CHECK(judge(plain_machine()).status == Status::not_applicable);
}

TEST_CASE("volume group: / over two disks, or another volume of its group, fails") {
    const auto finding = judge(on_lvm({volume("root", {"sda2", "sdb1"})}));
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).found == "sda, sdb");
    CHECK(judge(on_lvm({volume("root", {"sda2"}), volume("home", {"sdb1"})})).status ==
          Status::fail);
}

TEST_CASE("volume group: another group on another disk does not matter") {
    CHECK(judge(on_lvm({volume("root", {"sda2"}),
                        volume("data", {"sdb1"}, "LVM-ffff456789abcdef0123456789abcdef")}))
              .status == Status::pass);
}

TEST_CASE("volume group: a mirror of two disks below one physical volume is RAID's matter") {
    auto facts = on_lvm({volume("root", {"md0"})});
    facts.storage.devices->push_back(mapper("md0", "", {"sda2", "sdb1"}, "LVM2_member"));
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("volume group: not seen is unknown") {
    CHECK(judge(plain_directory()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
