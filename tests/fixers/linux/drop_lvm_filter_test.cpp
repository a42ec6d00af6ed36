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

const std::string kConf = "/etc/lvm/lvm.conf";
const std::string kLocal = "/etc/lvm/lvmlocal.conf";
const auto& kFixer = fixers::drop_lvm_filter;
const auto& kCheck = checks::lvm_filter_admits_new_disks;

/// The system lies on the partition itself; LVM holds data.
FakeHost guest(const std::string& conf) {
    auto host = el9_by_entries("root=UUID=1111-aa");
    host.files.file("/etc/fstab", "UUID=1111-aa / ext4 defaults 0 1\n").file(kConf, conf);
    return host;
}

TEST_CASE("LVM filter fixer: the lines of the filter become comments, no other byte changes") {
    CHECK(fix_loop(guest("devices {\r\n\tdir = \"/dev\"\r\n\tfilter = [ \"a|^/dev/sd|\", # ours\r\n"
                         "\t\t\"r|.*|\" ]  # the rest\r\n}\r\nglobal { x = 1 }"),
                   kFixer, kCheck)
              .files ==
          Files{{kConf,
                 "devices {\r\n\tdir = \"/dev\"\r\n#\tfilter = [ \"a|^/dev/sd|\", # ours\r\n"
                 "#\t\t\"r|.*|\" ]  # the rest\r\n}\r\nglobal { x = 1 }"}});
}

TEST_CASE("LVM filter fixer: every file and both filters; one that admits the disks stays") {
    auto host = guest(
        "devices/global_filter = [ \"a|.*|\" ]\ndevices {\nfilter=[\"a/sd/\",\"r/.*/\"]\n}\n"
        "# filter = [ \"r|.*|\" ]\n");
    host.files.file(kLocal,
                    "devices {\n  filter = \"r|^/dev/xvd|\"\n  global_filter = [\"r/nvme/\"]\n}\n");
    CHECK(
        fix_loop(host, kFixer, kCheck).files ==
        Files{
            {kConf,
             "devices/global_filter = [ \"a|.*|\" ]\ndevices {\n#filter=[\"a/sd/\",\"r/.*/\"]\n}\n"
             "# filter = [ \"r|.*|\" ]\n"},
            {kLocal,
             "devices {\n#  filter = \"r|^/dev/xvd|\"\n#  global_filter = [\"r/nvme/\"]\n}\n"}});
}

TEST_CASE("LVM filter fixer: a system on LVM needs its initramfs built anew, or nothing changes") {
    auto host = guest("devices {\n filter = [ \"r|.*|\" ]\n}\n");
    host.devices.devices->at(1) = partition("sda1", "sda", "LVM2_member", "pv");
    host.devices.devices->push_back(mapper("dm-0", "vg-root", {"sda1"}, "ext4", "1111-aa"));
    host.devices.devices->back().mapper_uuid = "LVM-x";
    host.files.file("/proc/self/mountinfo", "20 1 n:dm-0 / / rw - ext4 /dev/mapper/vg-root rw\n");
    CHECK_FALSE(refusal_of(host, kFixer).empty());
}

TEST_CASE("LVM filter fixer: what it cannot change for sure it leaves") {
    CHECK(refusal_of(guest("devices { filter = [ \"r|.*|\" ] }\n"), kFixer)
              .find("other things stand on") != std::string::npos);
    CHECK_FALSE(
        refusal_of(guest("devices {\n filter = [ \"a|(|\", \"r|.*|\" ]\n}\n"), kFixer).empty());
    CHECK(refusal_of(guest("devices {\n filter = [ \"a|.*|\" ]\n}\n"), kFixer).empty());
}

}  // namespace
}  // namespace guestprep
