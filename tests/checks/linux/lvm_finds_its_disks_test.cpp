// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::lvm_finds_its_disks.evaluate(facts, profile_2026());
}

Facts with_file() {
    auto facts = plain_machine();
    facts.storage.devices->at(1).type = "LVM2_member";
    facts.storage.devices->push_back(mapper("dm-0", "vg-root", {"sda1"}, "ext4", "x"));
    facts.storage.devices->back().mapper_uuid = "LVM-x";
    facts.storage.mounts = Mounts{mounted("/", "/dev/mapper/vg-root", "ext4", "n:dm-0")};
    facts.volume_managers.listed_devices = std::vector<LvmDevice>{
        {"sys_wwid", {"/etc/lvm/devices/system.devices:5", "IDTYPE=sys_wwid IDNAME=naa.6000"}}};
    return facts;
}

TEST_CASE("LVM devices file: it ties the system to its disks, or data only") {
    auto facts = with_file();
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
    CHECK(judge(facts).evidence.at(0).where == "/etc/lvm/devices/system.devices:5");
    facts.storage.mounts = Mounts{mounted("/", "/dev/sda2", "ext4", "n:sda2")};
    CHECK(judge(facts).variant == "data");
}

TEST_CASE("LVM devices file: none, an unused one and an unreadable one") {
    auto facts = with_file();
    facts.volume_managers.devices_file_off = true;
    CHECK(judge(facts).status == Status::pass);
    facts = with_file();
    facts.volume_managers.listed_devices = failure(Errc::not_found, "no such file");
    CHECK(judge(facts).status == Status::pass);
    facts.boot = sound_boot_facts().boot;
    facts.boot.kernel->initramfs->has_lvm_devices_file = true;
    CHECK(judge(facts).status == Status::fail);
    facts.volume_managers.listed_devices = failure(Errc::access_denied, "permission denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
