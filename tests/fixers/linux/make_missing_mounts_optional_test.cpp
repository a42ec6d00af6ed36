// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fstab_fixer.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

const auto& kFixer = fixers::make_missing_mounts_optional;

TEST_CASE("stale fixer: the missing one becomes optional, and no other byte changes") {
    const auto facts = machine_with_fstab(
        "# x\n/dev/sda1 / ext4\nUUID=gone\t/old  ext4 defaults,noatime 0 2 # y\n");
    CHECK(fixed_fstab(kFixer, facts) ==
          "# x\n/dev/sda1 / ext4\nUUID=gone\t/old  ext4 "
          "defaults,noatime,nofail,x-systemd.device-timeout=10 0 2 # y\n");
    const auto after = machine_with_fstab(fixed_fstab(kFixer, facts));
    CHECK(checks::fstab_sources_exist.evaluate(after, profile_2026()).status == Status::pass);
    CHECK(planned(kFixer, after).empty());
}

TEST_CASE("stale fixer: Ubuntu's mountall has a word of its own; missing options are added") {
    auto facts = machine_with_fstab("/dev/sda1 / ext4\nUUID=gone /old ext4\n", InitSystem::upstart);
    CHECK(fixed_fstab(kFixer, facts) == "/dev/sda1 / ext4\nUUID=gone /old ext4 nofail\n");
    facts.os.distribution = Distribution{.id = "ubuntu", .version = "12.04"};
    CHECK(fixed_fstab(kFixer, facts) == "/dev/sda1 / ext4\nUUID=gone /old ext4 nobootwait\n");
}

TEST_CASE("stale fixer: the root's line is left and said") {
    const auto changes = planned(kFixer, machine_with_fstab("UUID=gone / ext4\n"));
    CHECK(changes.empty());
    CHECK(changes.notes.size() == 1);
}

TEST_CASE("stale fixer: what cannot be seen is left alone") {
    auto facts = machine_with_fstab("/dev/sda1 / ext4\nUUID=gone /old ext4\n");
    facts.storage.devices = failure(Errc::unsupported, "a directory");
    CHECK(planned(kFixer, facts).empty());
}

TEST_CASE("stale fixer: does nothing where fstab cannot be read") {
    auto facts = machine_with_fstab("");
    facts.storage.fstab = failure(Errc::access_denied, "no");
    CHECK_FALSE(kFixer.plan(facts, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
