// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) { return checks::root_has_a_stable_name.evaluate(facts, {}); }
Finding judge(const std::string& line) {
    auto facts = sound_boot_facts();
    facts.boot.entries[0].command_line = line;
    return judge(facts);
}

TEST_CASE("root name: what moves with the disk passes") {
    for (const auto* root :
         {"UUID=1", "LABEL=/", "PARTUUID=1", "/dev/mapper/vg-root", "/dev/vg/lv", "/dev/md0",
          "/dev/disk/by-uuid/1", "/dev/disk/by-id/dm-name-vg-root"}) {
        INFO(root);
        CHECK(judge("ro root=" + std::string(root)).status == Status::pass);
    }
    CHECK(judge("root=/dev/sda1 root=UUID=1").status == Status::pass);
}

TEST_CASE("root name: device names, serial numbers and paths fail with file and line") {
    for (const auto* root :
         {"/dev/sda1", "/dev/vda2", "/dev/xvda", "/dev/nvme0n1p1", "/dev/cciss/c0d0p1",
          "/dev/disk/by-id/scsi-36000c29-part2", "/dev/disk/by-id/dm-uuid-mpath-36000c29",
          "/dev/disk/by-path/pci-0000:00:10.0-scsi-0:0:0:0-part1", "801"}) {
        INFO(root);
        const auto finding = judge("ro root=" + std::string(root));
        CHECK(finding.status == Status::fail);
        CHECK(finding.variant.empty());
        CHECK(finding.evidence.at(0).where.ends_with(".conf:5"));
    }
}

TEST_CASE("root name: the remedy names the UUID where that is known") {
    auto facts = sound_boot_facts();
    facts.boot.entries[0].command_line = "root=/dev/sda1";
    BlockDevice device;
    device.kernel_name = "sda1";
    device.names = {"/dev/sda1"};
    device.uuid = "4711";
    facts.storage.devices = std::vector<BlockDevice>{device};
    CHECK(judge(facts).remedy.commands.at(0).back() == "--args=root=UUID=4711");
}

TEST_CASE("root name: resume, other entries and settings for new ones weigh less") {
    CHECK(judge("root=UUID=1 resume=/dev/sda2").variant == "resume");
    auto facts = sound_boot_facts();
    facts.boot.other_command_lines = {{"/etc/kernel/cmdline", "root=/dev/sda1 ro"}};
    CHECK(judge(facts).variant == "other-entries");
    facts = sound_boot_facts();
    facts.boot.entries.push_back(facts.boot.entries[0]);
    facts.boot.entries[1].command_line = "root=/dev/sda1";
    CHECK(judge(facts).variant == "other-entries");
}

TEST_CASE("root name: no root= and an unreadable menu are unknown") {
    CHECK(judge("ro quiet").status == Status::unknown);
    CHECK(judge(Facts{}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
