// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::one_partition_is_active.evaluate(facts, profile_2026());
}

TEST_CASE("win-multi-active passes") {
    auto facts = sound_windows();
    put_disk(facts, "dos");
    CHECK(judge(facts).status == Status::pass);
    CHECK(mentions(judge(facts), "Harddisk0Partition1"));
    put_disk(facts, "gpt");
    facts.os.firmware = Firmware::uefi;
    CHECK(judge(facts).status == Status::not_applicable);
}

TEST_CASE("win-multi-active fails") {
    auto facts = sound_windows();
    put_disk(facts, "dos");
    auto& devices = *facts.storage.devices;
    devices[1].active = false;
    CHECK(judge(facts).status == Status::fail);
    CHECK(mentions(judge(facts), "no active partition"));
    devices[1].active = devices[2].active = true;
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.evidence.size() == 2);
    // On another disk too.
    devices[2].active = false;
    devices.push_back(disk("PhysicalDrive1"));
    auto part = partition("Harddisk1Partition1", "PhysicalDrive1", "ntfs");
    part.active = true;
    devices.push_back(part);
    CHECK(judge(facts).status == Status::fail);
    // A stick is not exported.
    devices[devices.size() - 2].removable = true;
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("win-multi-active is unknown") {
    auto facts = sound_windows();
    CHECK(judge(facts).status == Status::unknown);
    put_disk(facts, "dos");
    facts.storage.devices->front().unread = "access denied";
    CHECK(judge(facts).status == Status::unknown);
    facts.storage.devices = std::vector<BlockDevice>{};
    CHECK(judge(facts).status == Status::unknown);
    facts.os.firmware = unreadable<Firmware>();
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
