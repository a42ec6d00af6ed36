// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::volumes_are_ntfs.evaluate(facts, profile_2026());
}

BlockDevice volume(const std::string& name, const std::string& type) {
    BlockDevice device;
    device.kernel_name = device.number = name;
    device.names = {name};
    device.kind = DeviceKind::partition;
    device.usage = "filesystem";
    device.type = type;
    return device;
}

Facts with(std::vector<BlockDevice> devices) {
    auto facts = sound_windows();
    facts.storage.devices = std::move(devices);
    facts.storage.mounts = std::vector{Mount{"C:", "/", "ntfs", {}, "C:", "/"}};
    return facts;
}

TEST_CASE("win-fs-ntfs passes with NTFS and the EFI system partition") {
    auto esp = volume("ESP", "vfat");
    esp.partition_type = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
    CHECK(judge(with({volume("C:", "ntfs"), esp})).status == Status::pass);
}

TEST_CASE("win-fs-ntfs fails with another file system, gravely on the system's volume") {
    const auto data = judge(with({volume("C:", "ntfs"), volume("D:", "ReFS")}));
    CHECK(data.status == Status::fail);
    CHECK(data.variant.empty());
    CHECK(data.evidence.at(0).where == "D:");
    CHECK(judge(with({volume("C:", "vfat")})).variant == "system");
}

TEST_CASE("win-fs-ntfs is unknown where volumes cannot be read") {
    auto raw = volume("E:", "");
    raw.usage.clear();
    raw.unread = "it has no file system that Windows can read";
    CHECK(judge(with({volume("C:", "ntfs"), raw})).status == Status::unknown);
    CHECK(judge(sound_windows()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
