// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fstab_fixer.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

const auto& kFixer = fixers::make_secondary_mounts_optional;

Facts with_data_disk(std::string_view text) {
    auto facts = machine_with_fstab(text);
    facts.storage.devices->push_back(disk("sdb"));
    facts.storage.devices->push_back(partition("sdb1", "sdb", "xfs", "data"));
    return facts;
}

TEST_CASE("secondary fixer: mounts from other disks become optional") {
    const auto facts = with_data_disk(
        "UUID=root-uuid / ext4\nUUID=data\t/srv\txfs defaults 0 0 # data\n"
        "UUID=data /a xfs noauto 0 0\n");
    CHECK(checks::mounts_are_on_boot_disk.evaluate(facts, profile_2026()).status == Status::fail);
    const auto fixed = fixed_fstab(kFixer, facts);
    CHECK(fixed ==
          "UUID=root-uuid / ext4\nUUID=data\t/srv\txfs defaults,nofail 0 0 # data\n"
          "UUID=data /a xfs noauto 0 0\n");
    const auto after = with_data_disk(fixed);
    CHECK(checks::mounts_are_on_boot_disk.evaluate(after, profile_2026()).status == Status::pass);
    CHECK(planned(kFixer, after).empty());
}

TEST_CASE("secondary fixer: parts of the system stay, and are named") {
    const auto set = planned(kFixer, with_data_disk("UUID=data /var xfs defaults 0 0\n"));
    CHECK(set.empty());
    REQUIRE(set.notes.size() == 1);
    CHECK(set.notes[0].find("export sdb") != std::string::npos);
}

TEST_CASE("secondary fixer: refuses where disks or fstab cannot be seen") {
    auto facts = with_data_disk("UUID=data /srv xfs defaults 0 0\n");
    facts.storage.devices = failure(Errc::unsupported, "a directory");
    CHECK_FALSE(kFixer.plan(facts, profile_2026(), {}));
    facts.storage.fstab = failure(Errc::access_denied, "no");
    CHECK_FALSE(kFixer.plan(facts, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
