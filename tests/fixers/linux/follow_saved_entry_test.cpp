// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/grub_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

const auto& kFixer = fixers::follow_saved_entry;
const auto& kCheck = checks::bls_has_a_saved_entry;

TEST_CASE("saved-entry fixer: the entry that starts now is saved") {
    auto host = el9_by_entries("root=UUID=1111-aa");
    CHECK(refusal_of(host, kFixer).empty());
    for (const auto* before : {"kernelopts=a\n", "kernelopts=a\nsaved_entry=m-4\n"}) {
        host.files.file("/boot/grub2/grubenv", grubenv_block(before));
        CHECK(fix_loop(host, kFixer, kCheck).files ==
              Files{{"/boot/grub2/grubenv", grubenv_block("kernelopts=a\nsaved_entry=m-5\n")}});
    }
}

TEST_CASE("saved-entry fixer: a default of another kind is written anew") {
    auto host = el9_by_entries("root=UUID=1111-aa");
    host.files.file("/etc/default/grub", "GRUB_TIMEOUT=5\nGRUB_DEFAULT=0\n")
        .file("/boot/grub2/grub.cfg",
              "### BEGIN /etc/grub.d/10_linux ###\nset default=\"0\"\nset timeout=5\nblscfg\n"
              "### END /etc/grub.d/10_linux ###\n");
    const auto fixed = fix_loop_until(host, kFixer, kCheck, Status::fail);
    CHECK(fixed.files == Files{{"/etc/default/grub", "GRUB_TIMEOUT=5\nGRUB_DEFAULT=\"saved\"\n"}});
    CHECK(std::get<CommandStep>(fixed.set.changes.back()).argv ==
          std::vector<std::string>{"grub2-mkconfig", "-o", "/boot/grub2/grub.cfg"});
}

TEST_CASE("saved-entry fixer: refuses a damaged block, and one that it may not read") {
    auto host = el9_by_entries("root=UUID=1111-aa");
    host.files.file("/boot/grub2/grubenv", "saved_entry=m-4\n");
    CHECK_FALSE(refusal_of(host, kFixer).empty());
    host.files.deny("/boot/grub2/grubenv");
    CHECK_FALSE(refusal_of(host, kFixer).empty());
}

}  // namespace
}  // namespace guestprep
