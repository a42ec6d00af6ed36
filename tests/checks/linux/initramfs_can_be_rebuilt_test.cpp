// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::initramfs_can_be_rebuilt.evaluate(facts, profile_2026());
}

Facts sound() {
    auto facts = sound_boot_facts();
    facts.storage = plain_machine().storage;
    facts.boot.initramfs_settings = InitramfsSettings{"dracut", true, {}, {}};
    return facts;
}

TEST_CASE("rebuild: no tool, no dhclient, noexec, no room") {
    CHECK(judge(sound()).status == Status::pass);
    auto facts = sound();
    facts.first_boot.network_legacy = {"/etc/dracut.conf.d/50-network-legacy.conf", "there"};
    CHECK(judge(facts).status == Status::fail);
    facts.network.dhcp_clients = {"/usr/sbin/dhclient"};
    CHECK(judge(facts).status == Status::pass);
    facts.storage.fstab = fstab("UUID=r / ext4 defaults 0 1\ntmpfs /tmp tmpfs noexec 0 0\n");
    CHECK(judge(facts).evidence.at(0).where == "/etc/fstab:2");
    facts = sound();
    facts.boot.entries[0].initrds[0].size = 900U << 20;
    facts.storage.space["/boot"] = Space{"/boot", 100U << 20, 1U << 30, 0, 0};
    CHECK(judge(facts).evidence.at(0).where == "/boot");
    facts = sound();
    facts.boot.initramfs_settings = failure(Errc::not_found, "none");
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge({}).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
