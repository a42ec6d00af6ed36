// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/grub_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

const auto& kFixer = fixers::start_an_entry_soon;
const auto& kCheck = checks::default_entry_starts;

std::string refusal(const FakeHost& host) { return refusal_of(host, kFixer); }
bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

std::string menu(const std::string& head) {
    return head +
           "title gone\n\tkernel /boot/vmlinuz-4 root=UUID=1\n\tinitrd /boot/initramfs-4\n"
           "title here\n\tkernel /boot/vmlinuz-5 root=UUID=1\n\tinitrd /boot/initramfs-5\n";
}

FakeHost legacy(const std::string& head) {
    auto host = sles11_by_legacy("");
    host.machine.kernel_release = "5";
    host.files.file("/boot/grub/menu.lst", menu(head));
    return host;
}

TEST_CASE("default fixer, GRUB legacy: the running kernel's entry, five seconds") {
    const auto fixed = [](const std::string& head) {
        return fix_loop(legacy(head), kFixer, kCheck).files;
    };
    const auto wanted = [](const std::string& head) {
        return Files{{"/boot/grub/menu.lst", menu(head)}};
    };
    // Its kernel is gone; no entry of that number; no number at all; no timeout; a long one.
    CHECK(fixed("default=0 \ntimeout=5\n") == wanted("default 1\ntimeout=5\n"));
    CHECK(fixed("default 7\ntimeout 5\n") == wanted("default 1\ntimeout 5\n"));
    CHECK(fixed("default x\ntimeout 5\n") == wanted("default 1\ntimeout 5\n"));
    CHECK(fixed("default 1\n\n") == wanted("default 1\n\ntimeout 5\n"));
    CHECK(fixed("timeout 3600\n") == wanted("timeout 5\ndefault 1\n"));
}

TEST_CASE("default fixer: a saved entry that is not there any more") {
    auto host = el9_by_entries("root=UUID=1");
    const std::string rest = "kernelopts=a\nboot_success=1\n";
    host.files.file("/boot/grub2/grubenv", grubenv_block("saved_entry=m-4\n" + rest));
    CHECK(fix_loop(host, kFixer, kCheck).files ==
          Files{{"/boot/grub2/grubenv", grubenv_block("saved_entry=m-5\n" + rest)}});
    // RHEL 7, whose entries stand in grub.cfg.
    host = debian_by_grub("root=UUID=1");
    host.files.file("/boot/grub/grub.cfg",
                    generated_grub_cfg("root=UUID=1", "/boot/initramfs-5",
                                       "load_env\nset default=\"${saved_entry}\"\n"));
    host.files.file("/boot/grub/grubenv", grubenv_block(""));
    CHECK(fix_loop(host, kFixer, kCheck).files ==
          Files{{"/boot/grub/grubenv", grubenv_block("saved_entry=0\n")}});
    host.files.file("/boot/grub/grubenv", "too short");
    CHECK(says(refusal(host), "no environment block"));
}

TEST_CASE("default fixer, generated: settings where they count, then the generator") {
    auto host = debian_by_grub("");
    host.files.file("/boot/grub/grub.cfg",
                    generated_grub_cfg("root=UUID=1", "/boot/initramfs-5",
                                       "set default=\"Old>9\"\nset timeout=-1\n"));
    host.files.file("/etc/default/grub", "GRUB_DEFAULT='Old>9'\nGRUB_TIMEOUT=-1 # wait\n")
        .file("/etc/default/grub.d/t.cfg", "GRUB_TIMEOUT=-1\n");
    const auto fixed = fix_loop_until(host, kFixer, kCheck, Status::fail);
    CHECK(fixed.files ==
          Files{{"/etc/default/grub", "GRUB_DEFAULT=\"0\"\nGRUB_TIMEOUT=-1 # wait\n"},
                {"/etc/default/grub.d/t.cfg", "GRUB_TIMEOUT=\"5\"\n"}});
    CHECK(std::get<CommandStep>(fixed.set.changes.back()).argv.front() == "update-grub");
    // The same lines elsewhere than on Debian: only the file itself is read.
    host.files.file("/etc/os-release", "ID=\"centos\"\nVERSION_ID=\"7\"\n");
    const auto centos = fix_loop_until(host, kFixer, kCheck, Status::fail);
    CHECK(centos.files ==
          Files{{"/etc/default/grub", "GRUB_DEFAULT=\"0\"\nGRUB_TIMEOUT=\"5\" # wait\n"}});
    CHECK(std::get<CommandStep>(centos.set.changes.back()).argv.front() == "grub2-mkconfig");
}

TEST_CASE("default fixer: what only a person can choose is left") {
    auto host = legacy("default 0\ntimeout 5\n");
    host.machine.kernel_release = "6";
    CHECK(says(refusal(host), "no entry of the boot menu starts the kernel that runs now"));
    host.files.file("/boot/grub/menu.lst",
                    "default 0\ntimeout 5\ntitle Windows\n\tchainloader +1\n");
    CHECK(says(refusal(host), "starts another system"));
    host.files.file("/boot/grub/menu.lst", menu("default 1\ntimeout 5\n") + "\tlock\n");
    CHECK(says(refusal(host), "asks for a password"));
    CHECK_FALSE(refusal({}).empty());
}

}  // namespace
}  // namespace guestprep
