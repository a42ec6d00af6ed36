// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

const std::string kDevices = "/etc/lvm/devices/system.devices";

TEST_CASE("forget_lvm_devices: removes the file that ties LVM to its disks") {
    auto host = el9_host();
    host.files.file("/etc/lvm/lvm.conf", "devices {\n use_devicesfile = 1\n}\n")
        .file(kDevices, "IDTYPE=sys_wwid IDNAME=naa.6 PVID=x PART=2\n");
    host.devices.devices = std::vector<BlockDevice>{};
    const auto fixed = fix_loop(host, fixers::forget_lvm_devices, checks::lvm_finds_its_disks);
    CHECK(fixed.files == std::map<std::string, std::string>{{kDevices, "gone"}});
}

TEST_CASE("forget_lvm_devices: has nothing to do without the file, and says what it cannot read") {
    auto facts = sound_boot_facts();
    facts.volume_managers.listed_devices = failure(Errc::not_found, "no such file");
    const auto none = fixers::forget_lvm_devices.plan(facts, profile_2026(), {});
    REQUIRE(none);
    CHECK(none->empty());
    facts.volume_managers.listed_devices = failure(Errc::access_denied, "denied");
    CHECK_FALSE(fixers::forget_lvm_devices.plan(facts, profile_2026(), {}));
}

TEST_CASE("forget_lvm_devices: an initramfs that holds the file and cannot be rebuilt is left") {
    auto facts = sound_boot_facts();
    facts.volume_managers.listed_devices = failure(Errc::not_found, "no such file");
    facts.boot.kernel->initramfs->has_lvm_devices_file = true;
    CHECK_FALSE(fixers::forget_lvm_devices.plan(facts, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
