// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/grub_hosts.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

const std::string kMap = "/boot/grub/device.map";
const auto& kFixer = fixers::remove_device_map;
const auto& kCheck = checks::grub_installs_to_present_disk;

TEST_CASE("device.map fixer: GRUB 2 does without a file that names an old disk") {
    auto host = debian_by_grub("root=UUID=1");
    host.files.file(kMap, "(hd0)\t/dev/disk/by-id/ata-VBOX_1\n(hd1) /dev/sdb\n");
    CHECK(fix_loop(host, kFixer, kCheck).files == Files{{kMap, "gone"}});
    host.files.file(kMap, "(hd0) /dev/hda\r\n(hd0) /dev/vda");
    CHECK(fix_loop(host, kFixer, kCheck).files == Files{{kMap, "gone"}});
    host.files.file(kMap, "(hd0) /dev/sda\n");
    CHECK(refusal_of(host, kFixer).empty());
}

TEST_CASE("device.map fixer: Debian's answers are a person's, and are said") {
    auto host = debian_by_grub("root=UUID=1");
    host.files.file(kMap, "(hd0) /dev/hda\n")
        .file("/var/cache/debconf/config.dat",
              "Name: grub-pc/install_devices\nValue: /dev/disk/by-id/ata-VBOX_1\n");
    const auto fixed = fix_loop_until(host, kFixer, kCheck, Status::fail);
    CHECK(fixed.files == Files{{kMap, "gone"}});
    REQUIRE(fixed.set.notes.size() == 1);
    CHECK(fixed.set.notes[0].find("dpkg-reconfigure grub-pc") != std::string::npos);
}

TEST_CASE("device.map fixer: GRUB legacy needs its file") {
    auto host = sles11_by_legacy("root=UUID=1");
    host.files.file(kMap, "(hd0) /dev/disk/by-id/ata-VBOX_1\n");
    CHECK(refusal_of(host, kFixer).find("only GRUB 2") != std::string::npos);
    host.files.deny(kMap);
    CHECK_FALSE(kFixer.plan({}, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
