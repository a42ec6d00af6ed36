// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/machine_info.h"

#include <windows.h>

#include <algorithm>
#include <cstdlib>

#include "platform/windows/accounts.h"
#include "platform/windows/block_devices.h"
#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

TEST_CASE("machine: the system's own architecture, version and name") {
    const auto machine = live_machine_info();
    CHECK(machine.architecture == "x86_64");  // also for a 32-bit program
    CHECK_FALSE(machine.hostname.empty());
    // Wine says by its own means that it is one; run.sh says which Windows it plays.
    const char* played = std::getenv("GUESTPREP_PLAYED_WINDOWS");
    REQUIRE(played != nullptr);
    CHECK(machine.kernel_release == played);
    // Wine's answer is that of a machine with a BIOS.
    CHECK((machine.firmware == "bios" || machine.firmware.empty()));
    CHECK(machine.has_hypervisor_bit == !machine.cpu_hypervisor.empty());
}

TEST_CASE("devices: volumes are found, and what Windows does not say stays unknown") {
    const auto devices = WindowsBlockDevices().list();
    REQUIRE(devices);
    std::string all;
    for (const auto& device : *devices) {
        all += "\n" + device.kernel_name + " (" + device.disk + ", " + device.unread + "):";
        for (const auto& name : device.names) all += " " + name;
    }
    INFO(all);
    bool has_system_drive = false;
    for (const auto& device : *devices) {
        INFO(device.kernel_name);
        CHECK_FALSE(device.kernel_name.empty());
        if (std::ranges::find(device.names, "C:") == device.names.end()) continue;
        has_system_drive = true;
        CHECK(device.type == "ntfs");
        CHECK(device.usage == "filesystem");
        CHECK(device.size > 0);
    }
    CHECK(has_system_drive);
    for (const auto& device : *devices) {
        // Wine answers no question for a partition table: no disk may seem to have none.
        if (device.kind != DeviceKind::disk) continue;
        INFO(device.kernel_name);
        CHECK((!device.unread.empty() || !device.table.empty()));
    }
}

TEST_CASE("accounts: told whole, or not at all") {
    const auto accounts = WindowsAccounts().local_accounts();
    if (!accounts) {
        // Wine knows of no accounts, or of that of its user alone.
        CHECK_FALSE(accounts.error().message.empty());
        return;
    }
    CHECK_FALSE(accounts->empty());
    for (const auto& account : *accounts) {
        CHECK_FALSE(account.name.empty());
        CHECK(account.rid != 0);
    }
}

TEST_CASE("devices: nothing that cannot be read is called unencrypted") {
    const auto devices = WindowsBlockDevices().list();
    REQUIRE(devices);
    for (const auto& device : *devices) {
        INFO(device.kernel_name);
        CHECK_FALSE(device.names.empty());
        // Wine has no disk with partitions to read a first sector from.
        CHECK(device.encrypted == Truth::unknown);
    }
}

TEST_CASE("errors: what a collector branches on") {
    CHECK(windows_error(ERROR_FILE_NOT_FOUND).code == Errc::not_found);
    CHECK(windows_error(ERROR_ACCESS_DENIED).code == Errc::access_denied);
    CHECK(windows_error(ERROR_SHARING_VIOLATION).code == Errc::access_denied);
    CHECK(windows_error(ERROR_NOT_SUPPORTED).code == Errc::unsupported);
    CHECK(windows_error(ERROR_CRC).code == Errc::io);
    CHECK(windows_error(5).message == "access denied (Windows error 5)");
}

TEST_CASE("text: Unicode both ways") {
    CHECK(narrow(wide("Größe 木 😀")) == "Größe 木 😀");
    CHECK(wide("😀").size() == 2);
    CHECK(narrow(std::wstring(1, static_cast<wchar_t>(0xD800))) == "\uFFFD");
    CHECK(wide("\xff").size() == 1);
    CHECK(wide("").empty());
}

}  // namespace
}  // namespace guestprep
