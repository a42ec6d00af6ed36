// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fstab_fixer.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

const auto& kFixer = fixers::make_network_mounts_optional;

TEST_CASE("netfs fixer: network mounts and shared folders become optional") {
    const auto facts = machine_with_fstab(
        "/dev/sda1 / ext4\nnas:/v /v nfs rw 0 0\n.host:/ /mnt/hgfs vmhgfs defaults 0 0\n"
        "//s/x /x cifs noauto 0 0\nnas:/w /w nfs4 nofail,_netdev 0 0\n");
    CHECK(fixed_fstab(kFixer, facts) ==
          "/dev/sda1 / ext4\nnas:/v /v nfs rw,nofail,_netdev 0 0\n"
          ".host:/ /mnt/hgfs vmhgfs defaults,nofail 0 0\n"
          "//s/x /x cifs noauto 0 0\nnas:/w /w nfs4 nofail,_netdev 0 0\n");
    const auto after = machine_with_fstab(fixed_fstab(kFixer, facts));
    CHECK(checks::network_mounts_are_optional.evaluate(after, profile_2026()).status ==
          Status::pass);
    CHECK(planned(kFixer, after).empty());
}

TEST_CASE("netfs fixer: does nothing where fstab cannot be read") {
    auto facts = machine_with_fstab("");
    facts.storage.fstab = failure(Errc::access_denied, "no");
    CHECK_FALSE(kFixer.plan(facts, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
