// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"
#include "agent/core/text.h"
#include "agent/facts/windows_disks.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/registry_fix_loop.h"
#include "tests/support/storage.h"
#include "tests/support/windows_facts.h"

namespace guestprep {
namespace {

constexpr const char* kBootIni =
    "[boot loader]\r\ntimeout=30\r\ndefault=multi(0)disk(0)rdisk(0)partition(1)\\WINDOWS\r\n"
    "[operating systems]\r\nmulti(0)disk(0)rdisk(0)partition(1)\\WINDOWS=\"Windows Server 2003\" "
    "/fastdetect\r\nC:\\CMDCONS\\BOOTSECT.DAT=\"Recovery Console\" /cmdcons\r\n";

class ToldAccounts final : public AccountReader {
public:
    Result<std::vector<LocalAccount>> accounts = failure(Errc::access_denied, "NetUserEnum: no");
    Result<std::vector<LocalAccount>> local_accounts() const override { return accounts; }
};

struct Guest {
    FakeFiles files;
    FakeCommands commands;
    FakeDevices devices;
    ToldAccounts accounts;
    MemoryRegistry registry = sound_registry("2003");
    bool running = false;
    MachineInfo machine;

    Facts facts() const {
        return collect({files, commands, devices, machine, running, true, &registry, &accounts});
    }
    /// Windows on C:, started from a partition without a letter.
    void put_disks(const std::string& table = "dos") {
        running = true;
        Facts scratch;
        put_disk(scratch, table);
        devices.devices = *scratch.storage.devices;
        registry.text(keys::kSetup, "SystemPartition", R"(\Device\HarddiskVolume1)");
    }
};

Finding judge(const Check& check, const Facts& facts) {
    return check.evaluate(facts, profile_2026());
}

TEST_CASE("windows boot: boot.ini of Server 2003 is judged as a store is") {
    Guest guest;
    guest.files.file("/boot.ini", kBootIni);
    auto facts = guest.facts();
    REQUIRE(facts.windows->boot.store);
    CHECK(facts.windows->boot.store->is_boot_ini);
    for (const auto* check :
         {&checks::boots_into_windows_itself, &checks::emergency_management_is_off,
          &checks::debugger_is_off, &checks::boots_one_system}) {
        INFO(check->id);
        CHECK(judge(*check, facts).status == Status::pass);
    }
    guest.files.file("/boot.ini",
                     "[boot loader]\nredirect=COM1\ndefault=b\n[operating systems]\na=\"A\"\n"
                     "b=\"B\" /safeboot:minimal /debug /redirect\nB=\"again\"\n");
    facts = guest.facts();
    for (const auto* check :
         {&checks::boots_into_windows_itself, &checks::emergency_management_is_off,
          &checks::debugger_is_off, &checks::boots_one_system}) {
        INFO(check->id);
        CHECK(judge(*check, facts).status == Status::fail);
    }
    CHECK(judge(checks::emergency_management_is_off, facts).evidence.size() == 2);
    CHECK(judge(checks::boots_one_system, facts).evidence.size() == 2);
    CHECK(mentions(judge(checks::debugger_is_off, facts), "/boot.ini:6"));
}

TEST_CASE("windows boot: a boot.ini that cannot be read or says nothing is unknown") {
    const auto all_unknown = [](const Facts& facts) {
        for (const auto* check :
             {&checks::boots_into_windows_itself, &checks::emergency_management_is_off,
              &checks::debugger_is_off, &checks::boots_one_system}) {
            INFO(check->id);
            CHECK(judge(*check, facts).status == Status::unknown);
        }
    };
    all_unknown(Guest().facts());
    for (const std::string& text :
         {std::string(), std::string("\0[operating systems]\na=A", 25), std::string("x=y\n"),
          std::string("[operating systems]\n"),
          std::string("[boot loader]\ndefault=a\ndefault=b\n"), std::string("\xff\xfe[\0b\0", 6)}) {
        INFO(shown(text));
        Guest guest;
        guest.files.file("/boot.ini", text);
        all_unknown(guest.facts());
    }
    Guest guest;
    guest.files.file("/boot.ini", kBootIni).deny("/boot.ini");
    all_unknown(guest.facts());
}

TEST_CASE("windows boot: the default may be a line that the menu has not") {
    Guest guest;
    guest.files.file("/boot.ini", "[boot loader]\ndefault=c\n[operating systems]\na=\"A\"\n");
    const auto facts = guest.facts();
    CHECK(judge(checks::boots_into_windows_itself, facts).status == Status::pass);
    CHECK(judge(checks::boots_one_system, facts).status == Status::fail);
}

TEST_CASE("windows boot: the loader's files on the partition that the registry names") {
    Guest guest;
    guest.put_disks();
    guest.files.file("/Harddisk0Partition1/NTLDR", "x")
        .file("/Harddisk0Partition1/ntdetect.com", "x")
        .file("/Harddisk0Partition1/boot.ini", kBootIni);
    auto facts = guest.facts();
    REQUIRE(facts.windows->boot.boot_files);
    CHECK(facts.windows->boot.boot_files->place == "/Harddisk0Partition1");
    CHECK(judge(checks::boot_files_are_there, facts).status == Status::pass);
    CHECK(facts.windows->boot.store->where == "/Harddisk0Partition1/boot.ini");
    CHECK(judge(checks::boots_from_one_disk, facts).status == Status::pass);
    // An empty file starts nothing.
    guest.files.file("/Harddisk0Partition1/NTLDR", "");
    CHECK(judge(checks::boot_files_are_there, guest.facts()).status == Status::fail);
    // A partition that may not be looked at is not one without files.
    guest.files.deny("/Harddisk0Partition1");
    CHECK(judge(checks::boot_files_are_there, guest.facts()).status == Status::unknown);
}

TEST_CASE("windows boot: the loader's files of later systems, by BIOS and by UEFI") {
    Guest guest;
    guest.registry = sound_registry("2019");
    guest.machine.firmware = "bios";
    guest.put_disks();
    guest.files.file("/Harddisk0Partition1/bootmgr", "x")
        .file("/Harddisk0Partition1/Boot/BCD", "x");
    CHECK(judge(checks::boot_files_are_there, guest.facts()).status == Status::pass);
    guest.machine.firmware = "uefi";
    guest.put_disks("gpt");
    CHECK(mentions(judge(checks::boot_files_are_there, guest.facts()), "bootmgfw.efi"));
    guest.files.file("/Harddisk0Partition1/EFI/MICROSOFT/Boot/bootmgfw.efi", "x")
        .file("/Harddisk0Partition1/EFI/MICROSOFT/Boot/BCD", "x");
    CHECK(judge(checks::boot_files_are_there, guest.facts()).status == Status::pass);
}

TEST_CASE("windows boot: below a directory what is missing may be on another volume") {
    Guest guest;
    guest.registry = sound_registry("2019");
    guest.registry.number(keys::kControl, "PEFirmwareType", 1);
    CHECK(judge(checks::boot_files_are_there, guest.facts()).status == Status::unknown);
    guest.files.file("/bootmgr", "x");
    CHECK(judge(checks::boot_files_are_there, guest.facts()).status == Status::unknown);
    guest.files.file("/boot/bcd", "x");
    CHECK(judge(checks::boot_files_are_there, guest.facts()).status == Status::pass);
}

TEST_CASE("windows boot: loader and Windows on two disks") {
    Guest guest;
    guest.put_disks();
    auto& devices = *guest.devices.devices;
    devices.push_back(disk("PhysicalDrive1"));
    CHECK(judge(checks::boots_from_one_disk, guest.facts()).status == Status::pass);
    devices[1].disk = "PhysicalDrive1";
    CHECK(judge(checks::boots_from_one_disk, guest.facts()).status == Status::fail);
    // Without the registry's word the one active partition counts, and of two none.
    guest.registry.remove(keys::kSetup, "SystemPartition");
    CHECK(judge(checks::boots_from_one_disk, guest.facts()).status == Status::fail);
    devices[2].active = true;
    CHECK(judge(checks::boots_from_one_disk, guest.facts()).status == Status::unknown);
    devices[3].unread = "access denied";
    CHECK(judge(checks::boots_from_one_disk, guest.facts()).status == Status::unknown);
}

TEST_CASE("windows boot: a hibernated system below a directory") {
    Guest guest;
    guest.files.file("/hiberfil.sys", "HIBR and more");
    CHECK(judge(checks::fast_startup_is_off, guest.facts()).variant == "hibernated");
    guest.files.file("/hiberfil.sys", std::string(4096, '\0'));
    CHECK(judge(checks::fast_startup_is_off, guest.facts()).status == Status::pass);
    guest.files.file("/hiberfil.sys", "HI");
    CHECK(judge(checks::fast_startup_is_off, guest.facts()).status == Status::pass);
}

TEST_CASE("windows accounts: what the system tells where the SAM hive is closed") {
    Guest guest;
    guest.registry.fails(R"(HKLM\SAM)", Errc::access_denied);
    CHECK(judge(checks::accounts_have_passwords, guest.facts()).status == Status::unknown);
    CHECK(mentions(judge(checks::accounts_have_passwords, guest.facts()), "NetUserEnum"));
    LocalAccount one{.name = "Administrator", .rid = 500};
    one.is_administrator = Truth::yes;
    guest.accounts.accounts = std::vector{one};
    auto facts = guest.facts();
    REQUIRE(facts.windows->access.accounts);
    CHECK(facts.windows->access.accounts->front().has_password == Truth::unknown);
    // Nothing tells whether it has a password.
    CHECK(judge(checks::accounts_have_passwords, facts).status == Status::unknown);
    CHECK(judge(checks::user_can_use_remote_desktop, facts).status == Status::unknown);
    guest.accounts.accounts->front().password_not_required = true;
    CHECK(mentions(judge(checks::accounts_have_passwords, guest.facts()), "none is required"));
    guest.accounts.accounts->front().expired = true;
    facts = guest.facts();
    CHECK(judge(checks::user_can_use_remote_desktop, facts).status == Status::fail);
    CHECK(mentions(judge(checks::user_can_use_remote_desktop, facts), "expired"));
    guest.accounts.accounts->front().disabled = true;
    CHECK(judge(checks::accounts_have_passwords, guest.facts()).status == Status::pass);
}

TEST_CASE("windows origin: what a physical past leaves behind") {
    const auto judged = [](MemoryRegistry& registry) {
        return judge(checks::installed_on_a_vm, registry_facts(registry));
    };
    const auto bus = below(keys::kEnum, "PCI");
    auto registry = sound_registry();
    registry.key(below(bus, "VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01"))
        .key(below(bus, "VEN_8086&DEV_7190&SUBSYS_197615AD&REV_01"));
    CHECK(judged(registry).status == Status::pass);
    registry.key(below(bus, "ven_14e4&dev_1639&SUBSYS_02361028&REV_20"));
    CHECK(judged(registry).status == Status::fail);
    CHECK(mentions(judged(registry), "Broadcom"));
    // One agent may have been installed by habit; a converter's was not.
    registry = sound_registry();
    registry.number(below(keys::kServices, "CqMgHost"), "Start", 2);
    CHECK(judged(registry).status != Status::fail);
    registry.number(below(keys::kServices, "sysdown"), "Start", 2);
    CHECK(judged(registry).status == Status::fail);
    registry = sound_registry();
    registry.number(below(keys::kServices, "vstor2-mntapi10-shared"), "Start", 1);
    CHECK(judged(registry).status == Status::fail);
    registry = sound_registry();
    registry.fails(bus, Errc::access_denied);
    CHECK(judged(registry).status == Status::unknown);
}

TEST_CASE("windows hypervisor: Windows on its own hypervisor is where the hardware says") {
    Guest guest;
    const auto about = below(keys::kControl, "SystemInformation");
    guest.machine.cpu_hypervisor = "Microsoft Hv";
    CHECK(guest.facts().os.hypervisor->name == "hyperv");
    guest.registry.text(about, "SystemManufacturer", "VMware, Inc.")
        .text(about, "SystemProductName", "VMware7,1");
    CHECK(guest.facts().os.hypervisor->name == "vmware");
    guest.registry.text(about, "SystemManufacturer", "Dell Inc.")
        .text(about, "SystemProductName", "PowerEdge R740");
    CHECK(guest.facts().os.hypervisor->name == "none");
    guest.registry.text(about, "SystemManufacturer", "Microsoft Corporation")
        .text(about, "SystemProductName", "Virtual Machine");
    CHECK(guest.facts().os.hypervisor->name == "hyperv");
    // Server 2003 keeps no maker: its devices tell, if they agree.
    Guest old;
    CHECK_FALSE(old.facts().os.hypervisor);
    old.registry.key(below(below(keys::kEnum, "PCI"), "VEN_15AD&DEV_0405&SUBSYS_040515AD&REV_00"));
    CHECK(old.facts().os.hypervisor->name == "vmware");
    old.registry.key(below(below(keys::kEnum, "PCI"), "VEN_80EE&DEV_BEEF&SUBSYS_0&REV_00"));
    CHECK_FALSE(old.facts().os.hypervisor);
}

}  // namespace
}  // namespace guestprep
