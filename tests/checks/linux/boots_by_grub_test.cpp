// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::boots_by_grub.evaluate(facts, {}); }

TEST_CASE("GRUB: its configuration passes, a forgotten lilo.conf beside it too") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts).status == Status::pass);
    facts.boot.loaders.push_back({LoaderKind::lilo, "/etc/lilo.conf", false, false});
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("GRUB: another loader fails and is named") {
    Facts facts;
    facts.boot.loaders = {{LoaderKind::extlinux, "/boot/extlinux/extlinux.conf", false, false}};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).found == "extlinux");
    CHECK(judge({}).status == Status::fail);
}

TEST_CASE("GRUB: LILO in the boot disk's first sector decides") {
    auto facts = sound_boot_facts();
    BlockDevice disk;
    disk.kernel_name = "sda";
    disk.names = {"/dev/sda"};
    disk.kind = DeviceKind::disk;
    disk.number = "8:0";
    disk.boot_code = "lilo";
    Mount root;
    root.mount_point = "/";
    root.source = "/dev/sda";
    root.number = "8:0";
    facts.storage.devices = std::vector<BlockDevice>{disk};
    facts.storage.mounts = std::vector<Mount>{root};
    REQUIRE(boot_disks(facts.storage));
    CHECK(judge(facts).status == Status::fail);
    facts.os.firmware = Firmware::uefi;
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("GRUB: folders that cannot be read and two loaders are unknown") {
    Facts facts;
    facts.boot.unread_folders = {"/boot/grub2"};
    CHECK(judge(facts).status == Status::unknown);
    facts = sound_boot_facts();
    facts.boot.loaders = {{LoaderKind::lilo, "/boot/map", true, false}};
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
