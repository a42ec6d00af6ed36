// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/grub_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

const auto& kFixer = fixers::write_to_serial_console;
const auto& kCheck = checks::console_is_serial;

TEST_CASE("console fixer: the screen too where nothing was named, else what was named stays") {
    CHECK(fix_loop(el9_by_entries("root=UUID=1 ro"), kFixer, kCheck).files ==
          Files{{kEntryFile,
                 "title L\nversion 5\nlinux /boot/vmlinuz-5\ninitrd /boot/initramfs-5\n"
                 "options root=UUID=1 ro console=tty0 console=ttyS0,115200n8\n"
                 "grub_users $grub_users\n"},
                {"/etc/default/grub",
                 "GRUB_CMDLINE_LINUX=\"console=tty0 console=ttyS0,115200n8\"\n"}});
    const auto legacy =
        fix_loop(sles11_by_legacy("root=UUID=1 console=ttyS1,9600 console=tty1"), kFixer, kCheck);
    CHECK(legacy.files.at("/boot/grub/menu.lst")
              .find("root=UUID=1 console=ttyS1,9600 console=tty1 console=ttyS0,115200n8\n") !=
          std::string::npos);
}

TEST_CASE("console fixer: kernelopts, which entries take over, and its entries are both right") {
    auto host = el9_by_entries("$kernelopts console=tty1");
    host.files.file("/boot/grub2/grubenv", grubenv_block("kernelopts=root=UUID=1 ro\n"));
    const auto fixed = fix_loop(host, kFixer, kCheck);
    CHECK(fixed.files.at("/boot/grub2/grubenv") ==
          grubenv_block("kernelopts=root=UUID=1 ro console=ttyS0,115200n8\n"));
    CHECK_FALSE(fixed.files.contains(kEntryFile));
    // A block without room is not cut short.
    host.files.file("/boot/grub2/grubenv",
                    grubenv_block("kernelopts=root=UUID=1 " + std::string(960, 'x') + "\n"));
    CHECK(refusal_of(host, kFixer).find("has no room") != std::string::npos);
}

TEST_CASE("console fixer, generated: the file whose assignment counts") {
    auto host = debian_by_grub("root=UUID=1 ro");
    host.files.file("/etc/default/grub.d/50-cloud.cfg", "GRUB_CMDLINE_LINUX=\"a\"\n# end")
        .file("/etc/default/grub.d/60-more.cfg", "GRUB_TIMEOUT=0\n");
    const auto fixed = fix_loop_until(host, kFixer, kCheck, Status::fail);
    CHECK(fixed.files ==
          Files{{"/etc/default/grub.d/50-cloud.cfg",
                 "GRUB_CMDLINE_LINUX=\"a console=tty0 console=ttyS0,115200n8\"\n# end"}});
    const auto& step = std::get<CommandStep>(fixed.set.changes.back());
    CHECK(step.argv == std::vector<std::string>{"update-grub"});
    CHECK(step.saves == std::vector<GuestPath>{GuestPath("/boot/grub/grub.cfg")});
}

TEST_CASE("console fixer: other loaders, and entries that nobody knows, are left") {
    auto host = el9_by_entries("root=UUID=1 ro");
    host.files.deny("/boot/grub2/grub.cfg");
    CHECK_FALSE(refusal_of(host, kFixer).empty());
    CHECK_FALSE(refusal_of({}, kFixer).empty());
}

}  // namespace
}  // namespace guestprep
