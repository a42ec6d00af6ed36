// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/grub_hosts.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;
using Words = std::vector<std::string>;

const auto& kFixer = fixers::name_root_by_uuid;
const auto& kCheck = checks::root_has_a_stable_name;

Fixed fix(const FakeHost& host) { return fix_loop(host, kFixer, kCheck); }
/// Where the generator has to run, edits alone change nothing.
Fixed fix_by_generator(const FakeHost& host) {
    return fix_loop_until(host, kFixer, kCheck, Status::fail);
}
std::string refusal(const FakeHost& host) { return refusal_of(host, kFixer); }
bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}
Words command_of(const ChangeSet& set) {
    for (const auto& change : set.changes)
        if (const auto* step = std::get_if<CommandStep>(&change)) return step->argv;
    return {};
}

TEST_CASE("root fixer, GRUB legacy: the menu itself, in every entry, and what new ones get") {
    auto host = sles11_by_legacy("root=/dev/sda1 resume=/dev/sda2 splash=silent");
    host.files.file("/boot/grub/menu.lst",
                    "default 0\r\ntimeout 8\r\n# kopt=root=/dev/sda1 ro\r\ntitle a\r\n"
                    "\tkernel /boot/vmlinuz-5\troot=/dev/sda1  resume=/dev/sda2 ro\r\n"
                    "\tinitrd /boot/initramfs-5\r\ntitle b\r\n"
                    " kernel /boot/vmlinuz-5 root=/dev/sda1\r\n initrd /boot/initramfs-5");
    host.files.file("/etc/sysconfig/bootloader",
                    "DEFAULT_APPEND=\"resume=/dev/sda2 quiet\" # the next one's\n");
    const auto fixed = fix(host);
    CHECK(fixed.files ==
          Files{{"/boot/grub/menu.lst",
                 "default 0\r\ntimeout 8\r\n# kopt=root=UUID=1111-aa ro\r\ntitle a\r\n"
                 "\tkernel /boot/vmlinuz-5\troot=UUID=1111-aa  resume=UUID=2222-bb ro\r\n"
                 "\tinitrd /boot/initramfs-5\r\ntitle b\r\n"
                 " kernel /boot/vmlinuz-5 root=UUID=1111-aa\r\n initrd /boot/initramfs-5"},
                {"/etc/sysconfig/bootloader",
                 "DEFAULT_APPEND=\"resume=UUID=2222-bb quiet\" # the next one's\n"}});
    CHECK(command_of(fixed.set).empty());
}

TEST_CASE("root fixer: links by serial number, which SLES 11 writes") {
    auto host = sles11_by_legacy("root=/dev/disk/by-id/scsi-36000c29-part1 ro");
    host.devices.devices->at(1).names.push_back("/dev/disk/by-id/scsi-36000c29-part1");
    CHECK(says(fix(host).files.at("/boot/grub/menu.lst"), "root=UUID=1111-aa ro\n"));
}

TEST_CASE("root fixer: entries in files of their own, and kernelopts in GRUB's environment") {
    auto host = el9_by_entries("root=/dev/sda1 ro quiet");
    host.files.file("/etc/kernel/cmdline", "root=/dev/sda1 ro quiet\n");
    auto fixed = fix(host);
    CHECK(fixed.files.size() == 2);
    CHECK(says(fixed.files.at(kEntryFile), "options root=UUID=1111-aa ro quiet\n"));
    CHECK(fixed.files.at("/etc/kernel/cmdline") == "root=UUID=1111-aa ro quiet\n");

    host = el9_by_entries("$kernelopts $tuned_params");
    host.files.file(
        "/boot/grub2/grubenv",
        grubenv_block("saved_entry=m-5\nkernelopts=root=/dev/sda1 ro \nboot_success=0\n"));
    fixed = fix(host);
    CHECK(fixed.files == Files{{"/boot/grub2/grubenv",
                                grubenv_block("saved_entry=m-5\nkernelopts=root=UUID=1111-aa ro \n"
                                              "boot_success=0\n")}});
}

TEST_CASE("root fixer, generated: the settings, then the distribution's generator") {
    auto host = debian_by_grub("root=/dev/sda1 ro");
    host.files.file("/etc/default/grub",
                    "GRUB_DISABLE_LINUX_UUID=true   # \"no\"\nGRUB_CMDLINE_LINUX=\"\"\n");
    auto fixed = fix_by_generator(host);
    CHECK(fixed.files == Files{{"/etc/default/grub",
                                "GRUB_DISABLE_LINUX_UUID=\"false\"   # \"no\"\n"
                                "GRUB_CMDLINE_LINUX=\"\"\n"}});
    CHECK(command_of(fixed.set) == Words{"update-grub"});

    // Debian reads its folder after the file: the last assignment counts.
    host.files.file("/etc/default/grub.d/10-a.cfg", "GRUB_DISABLE_LINUX_UUID=false\n")
        .file("/etc/default/grub.d/50-b.cfg",
              "GRUB_DISABLE_LINUX_UUID=true\n"
              "GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT root=/dev/sda1\"")
        .file("/etc/default/grub.d/50-b.cfg.dpkg-old", "GRUB_DISABLE_LINUX_UUID=true\n");
    fixed = fix_by_generator(host);
    CHECK(fixed.files ==
          Files{{"/etc/default/grub.d/50-b.cfg",
                 "GRUB_DISABLE_LINUX_UUID=\"false\"\n"
                 "GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT root=UUID=1111-aa\""}});
}

TEST_CASE("root fixer: resume= of a device that is gone is taken out") {
    auto host = el9_by_entries("root=UUID=1111-aa ro resume=/dev/sdc9 quiet");
    CHECK(says(fix(host).files.at(kEntryFile), "options root=UUID=1111-aa ro quiet\n"));
    // One that is there and is no swap space is not understood.
    host = el9_by_entries("root=UUID=1111-aa ro resume=/dev/sda1");
    CHECK(says(refusal(host), "it is no swap space"));
}

TEST_CASE("root fixer: settings for new entries alone need no generator now") {
    auto host = debian_by_grub("root=UUID=1111-aa ro");
    host.files.file("/etc/default/grub", "GRUB_CMDLINE_LINUX='root=/dev/sda1'\n");
    const auto fixed = fix(host);
    CHECK(fixed.files == Files{{"/etc/default/grub", "GRUB_CMDLINE_LINUX='root=UUID=1111-aa'\n"}});
    CHECK(command_of(fixed.set).empty());
}

TEST_CASE("root fixer: another system's entry is left and said") {
    auto host = el9_by_entries("root=/dev/sda1 ro");
    host.devices.devices->push_back(partition("sda3", "sda", "ext4", "3333"));
    host.files.file("/boot/loader/entries/a-4.conf",
                    "title B\nlinux /boot/vmlinuz-5\ninitrd /boot/initramfs-5\n"
                    "options root=/dev/sda3 ro\n");
    const auto fixed = fix_loop_until(host, kFixer, kCheck, Status::fail);
    CHECK(fixed.files.size() == 1);
    REQUIRE(fixed.set.notes.size() == 1);
    CHECK(says(fixed.set.notes[0], "root=/dev/sda3: the root file system lies on sda1"));
}

TEST_CASE("root fixer: does nothing where it is not sure") {
    CHECK(says(refusal(sles11_by_legacy("root=/dev/sdb1 ro")), "no UUID is known"));
    CHECK(says(refusal(sles11_by_legacy("root=/dev/sda2 ro")), "lies on sda1"));
    CHECK(says(refusal(sles11_by_legacy("root=801 ro")), "root=801"));

    auto host = sles11_by_legacy("root=/dev/sda1 ro");
    host.devices.devices->push_back(partition("sdb1", "sdb", "ext4", "1111-aa"));
    CHECK(says(refusal(host), "no UUID is known"));
    host = sles11_by_legacy("root=/dev/sda1 ro");
    host.devices.devices->at(1).uuid = "1\"; reboot";
    CHECK(says(refusal(host), "no UUID is known"));
    host = sles11_by_legacy("root=/dev/sda1 ro");
    host.devices.devices = failure(Errc::unsupported, "a directory has no devices");
    CHECK(says(refusal(host), "a directory has no devices"));

    host = sles11_by_legacy("");
    host.files.file("/boot/grub/menu.lst",
                    "default 0\ntitle a\n\tkernel /boot/vmlinuz-5 root=/dev/sda1 ro\n");
    CHECK(says(refusal(host), "without an initramfs"));

    // Written by hand: the generator would replace the one, and not change the other.
    host = debian_by_grub("");
    host.files.file("/boot/grub/grub.cfg",
                    "set timeout=5\nmenuentry a {\n linux /boot/vmlinuz-5 root=/dev/sda1\n"
                    " initrd /boot/initramfs-5\n}\n");
    CHECK(says(refusal(host), "was not written by grub-mkconfig"));
    host.files.file("/boot/grub/grub.cfg",
                    "set timeout=5\n### BEGIN /etc/grub.d/40_custom ###\nmenuentry a {\n"
                    " linux /boot/vmlinuz-5 root=/dev/sda1\n initrd /boot/initramfs-5\n}\n"
                    "### END /etc/grub.d/40_custom ###\n");
    CHECK(says(refusal(host), "but by 40_custom"));
}

}  // namespace
}  // namespace guestprep
