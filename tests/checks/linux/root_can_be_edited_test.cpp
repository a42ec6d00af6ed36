// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::root_can_be_edited.evaluate(facts, profile_2026());
}

Facts sound() {
    auto facts = sound_boot_facts();
    facts.storage = plain_machine().storage;
    return facts;
}

TEST_CASE("read-only root: fstab, image, overlay, ostree, command line") {
    CHECK(judge(sound()).status == Status::pass);
    auto facts = sound();
    facts.storage.fstab = fstab("UUID=r / ext4 ro,noatime 0 1\n");
    CHECK(judge(facts).evidence.at(0).where == "/etc/fstab:1");
    facts = sound();
    facts.storage.mounts->back().type = "overlay";
    CHECK(judge(facts).status == Status::fail);
    facts = sound();
    facts.offline_edits.read_only_root = {
        {"/run/ostree-booted", "the system was booted by ostree"}};
    CHECK(judge(facts).status == Status::fail);
    facts = sound();
    facts.boot.entries[0].command_line += " overlayroot=tmpfs";
    CHECK(judge(facts).status == Status::fail);
    facts.boot.entries[0].command_line += " overlayroot=disabled";
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("read-only root: \"ro\" on the command line is what every system has") {
    auto facts = sound();
    facts.boot.entries[0].command_line = "root=UUID=1 ro quiet";
    CHECK(judge(facts).status == Status::pass);
    facts.boot.entries.clear();
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
