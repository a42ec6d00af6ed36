// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Facts machine_with(std::string_view text, InitSystem init = InitSystem::systemd) {
    auto facts = plain_machine();
    facts.os.init = init;
    facts.storage.fstab = fstab(text);
    return facts;
}

ChangeSet plan(const Facts& facts) {
    auto changes = fixers::make_network_mounts_optional.plan(facts, profile_2026(), {});
    REQUIRE(changes);
    return *changes;
}

std::string fixed(const Facts& facts) {
    const auto changes = plan(facts);
    REQUIRE(changes.changes.size() == 1);
    const auto& edit = std::get<FileEdit>(changes.changes.front());
    CHECK(edit.path == GuestPath("/etc/fstab"));
    CHECK(edit.before == facts.storage.fstab->text);
    return *edit.after;
}

TEST_CASE("netfs fixer: network mounts and shared folders become optional") {
    const auto facts = machine_with(
        "/dev/sda1 / ext4\nnas:/v /v nfs rw 0 0\n.host:/ /mnt/hgfs vmhgfs defaults 0 0\n"
        "//s/x /x cifs noauto 0 0\nnas:/w /w nfs4 nofail,_netdev 0 0\n");
    CHECK(fixed(facts) ==
          "/dev/sda1 / ext4\nnas:/v /v nfs rw,nofail,_netdev 0 0\n"
          ".host:/ /mnt/hgfs vmhgfs defaults,nofail 0 0\n"
          "//s/x /x cifs noauto 0 0\nnas:/w /w nfs4 nofail,_netdev 0 0\n");
    const auto after = machine_with(fixed(facts));
    CHECK(checks::network_mounts_are_optional.evaluate(after, profile_2026()).status ==
          Status::pass);
    CHECK(plan(after).empty());
}

TEST_CASE("netfs fixer: does nothing where fstab cannot be read") {
    auto facts = machine_with("");
    facts.storage.fstab = failure(Errc::access_denied, "no");
    CHECK_FALSE(fixers::make_network_mounts_optional.plan(facts, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
