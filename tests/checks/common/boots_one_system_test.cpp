// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::boots_one_system.evaluate(facts, profile_2026());
}

Facts with_entry(const std::string& title, const std::string& id = {}) {
    auto facts = sound_boot_facts();
    facts.storage = plain_machine().storage;
    BootEntry entry;
    entry.title = title;
    entry.id = id;
    entry.where = "/boot/grub2/grub.cfg:90";
    entry.chainloads = true;
    facts.boot.entries.push_back(entry);
    return facts;
}

TEST_CASE("dual boot: Windows in the menu, another loader, none") {
    auto facts = sound_boot_facts();
    facts.storage = plain_machine().storage;
    CHECK(judge(facts).status == Status::pass);
    CHECK(judge(with_entry("Windows Boot Manager (on /dev/sda1)")).variant.empty());
    CHECK(judge(with_entry("Windows Boot Manager (on /dev/sda1)")).status == Status::fail);
    CHECK(judge(with_entry("Other")).variant == "menu-only");
    CHECK(judge(with_entry("UEFI Firmware Settings")).status == Status::pass);
    CHECK(judge(with_entry("Ubuntu on sdb1", "osprober-gnulinux-simple-x")).status == Status::fail);
}

TEST_CASE("dual boot: an active NTFS partition is another system, a data volume is none") {
    auto facts = sound_boot_facts();
    facts.storage = plain_machine().storage;
    auto ntfs = partition("sda3", "sda", "ntfs", "n");
    ntfs.partition_type = "0x7";
    facts.storage.devices->push_back(ntfs);
    CHECK(judge(facts).status == Status::pass);
    facts.storage.devices->back().active = true;
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge({}).status == Status::unknown);
    facts = sound_boot_facts();
    facts.storage.devices = failure(Errc::unsupported, "a directory");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
