// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::drivers_may_load.evaluate(facts, profile_2026());
}

Facts sound() {
    auto facts = sound_boot_facts();
    facts.first_boot.module_bars = std::vector<ModuleBar>();
    return facts;
}

TEST_CASE("drivers: blacklists in files, by target") {
    CHECK(judge(sound()).status == Status::pass);
    auto facts = sound();
    facts.first_boot.module_bars->push_back(
        {"nvme", {"/etc/modprobe.d/x.conf:3", "blacklist nvme"}});
    CHECK(judge(facts).variant == "nitro");
    CHECK(judge(facts).evidence.at(0).where == "/etc/modprobe.d/x.conf:3");
    facts.first_boot.module_bars->push_back(
        {"xen_netfront", {"a:1", "install xen-netfront /bin/true"}});
    CHECK(judge(facts).variant.empty());
    CHECK(judge(facts).status == Status::fail);
    facts.boot.kernel->modules->built_in = {"nvme", "xen_netfront"};
    CHECK(judge(facts).status == Status::pass);
}

TEST_CASE("drivers: the command line and sysctl") {
    auto facts = sound();
    facts.boot.entries[0].command_line += " module_blacklist=floppy,xen-blkfront";
    CHECK(judge(facts).variant == "xen");
    facts = sound();
    facts.boot.entries[0].command_line += " xen_emul_unplug=never";
    CHECK(judge(facts).variant == "xen");
    facts = sound();
    facts.boot.entries[0].command_line += " modprobe.blacklist=floppy";
    CHECK(judge(facts).status == Status::pass);
    facts.first_boot.modules_disabled = {"/etc/sysctl.conf:4", "kernel.modules_disabled=1"};
    CHECK(judge(facts).status == Status::fail);
    CHECK(judge(facts).variant.empty());
    facts = sound();
    facts.first_boot.module_bars = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
