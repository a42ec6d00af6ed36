// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Facts machine_with(std::string_view text) {
    auto facts = plain_machine();
    facts.storage.devices->push_back(disk("sdb"));
    facts.storage.devices->push_back(partition("sdb1", "sdb", "ext4", "data-uuid"));
    facts.storage.devices->push_back(disk("sdc"));
    facts.storage.devices->push_back(partition("sdc1", "sdc", "ext4", "same"));
    facts.storage.devices->push_back(partition("sdc2", "sdc", "ext4", "same"));
    facts.storage.fstab = fstab(text);
    return facts;
}

ChangeSet plan(const Facts& facts) {
    auto changes = fixers::name_mounts_by_uuid.plan(facts, profile_2026(), {});
    REQUIRE(changes);
    return *changes;
}

TEST_CASE("uuid fixer: changes the first field and no other byte") {
    const auto changes = plan(machine_with("# keep\n/dev/sdb1\t /d  ext4   defaults\t0 1   # x\n"));
    REQUIRE(changes.changes.size() == 1);
    CHECK(std::get<FileEdit>(changes.changes[0]).after ==
          "# keep\nUUID=data-uuid\t /d  ext4   defaults\t0 1   # x\n");
}

TEST_CASE("uuid fixer: a UUID that two devices share, or none, is left alone and said") {
    const auto changes = plan(machine_with("/dev/sdc1 /d xfs\n/dev/sdz9 /e xfs\n"));
    CHECK(changes.empty());
    CHECK(changes.notes.size() == 2);
}

TEST_CASE("uuid fixer: nothing is left to do the second time") {
    const auto first = plan(machine_with("/dev/sdb1 /d ext4 defaults 0 1"));
    CHECK(plan(machine_with(*std::get<FileEdit>(first.changes.at(0)).after)).empty());
}

TEST_CASE("uuid fixer: does nothing where devices or fstab cannot be seen") {
    auto facts = machine_with("/dev/sdb1 /d ext4\n");
    facts.storage.devices = failure(Errc::unsupported, "a directory");
    CHECK_FALSE(fixers::name_mounts_by_uuid.plan(facts, profile_2026(), {}));
    facts = machine_with("");
    facts.storage.fstab = failure(Errc::access_denied, "no");
    CHECK_FALSE(fixers::name_mounts_by_uuid.plan(facts, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
