// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::grub_installs_to_present_disk.evaluate(facts, profile_2026());
}

Finding with_disks(std::vector<ConfigLine> disks) {
    auto facts = plain_machine();
    facts.first_boot.grub_disks = std::move(disks);
    return judge(facts);
}

TEST_CASE("disks of GRUB: names of hardware and names that are gone") {
    CHECK(with_disks({}).status == Status::pass);
    CHECK(with_disks({{"/boot/grub2/device.map:2", "/dev/sda"}}).status == Status::pass);
    CHECK(with_disks({{"/boot/grub2/device.map:2", "/dev/hda"}}).status == Status::fail);
    const auto finding =
        with_disks({{"/var/cache/debconf/config.dat:90", "/dev/disk/by-id/scsi-36000"}});
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.at(0).where == "/var/cache/debconf/config.dat:90");
    CHECK(judge({}).status == Status::unknown);
    auto directory = plain_directory();
    directory.first_boot.grub_disks =
        std::vector<ConfigLine>{{"/boot/grub/device.map:1", "/dev/sda"}};
    CHECK(judge(directory).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
