// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/grub_hosts.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

const auto& kFixer = fixers::let_drivers_load;
const auto& kCheck = checks::drivers_may_load;
const std::string kConf = "/etc/modprobe.d/hardening.conf";

Files fix(const FakeHost& host) { return fix_loop(host, kFixer, kCheck).files; }

TEST_CASE("modules fixer: lines of modprobe.d and sysctl become comments, others stay") {
    auto host = el9_by_entries("root=UUID=1");
    host.files.file("/etc/sysctl.d/90-x.conf",
                    "kernel.modules_disabled=1\nnet.ipv4.ip_forward = 1\n");
    host.files.file(kConf,
                    "# blacklist ena\nblacklist floppy\n\tblacklist ena # old\n"
                    "install xen-netfront \\\n  /bin/true\nalias ena off");
    CHECK(fix(host) == Files{{kConf,
                              "# blacklist ena\nblacklist floppy\n#\tblacklist ena # old\n"
                              "#install xen-netfront \\\n  /bin/true\n#alias ena off"},
                             {"/etc/sysctl.d/90-x.conf",
                              "#kernel.modules_disabled=1\nnet.ipv4.ip_forward = 1\n"}});
}

TEST_CASE("modules fixer: the command line loses these drivers and keeps the others") {
    auto host = el9_by_entries(
        "root=UUID=1 module_blacklist=floppy,xen-blkfront,nvme rdblacklist=ena xen_nopv ro "
        "xen_emul_unplug=never");
    CHECK(fix(host).at(kEntryFile).find("options root=UUID=1 module_blacklist=floppy ro\n") !=
          std::string::npos);
}

TEST_CASE("modules fixer: a disk's driver is in the initramfs too, which is built anew") {
    auto facts = sound_boot_facts();
    const GuestPath conf(kConf);
    facts.sources[conf] = "blacklist nvme\n";
    facts.first_boot.module_bars =
        std::vector<ModuleBar>{{"nvme", {kConf + ":1", "blacklist nvme"}}};
    facts.boot.initramfs_settings = InitramfsSettings{"dracut", false, "", {}};
    const auto set = kFixer.plan(facts, profile_2026(), {});
    REQUIRE(set);
    REQUIRE(set->changes.size() == 2);
    CHECK(std::get<FileEdit>(set->changes[0]).after == "#blacklist nvme\n");
    CHECK(std::get<CommandStep>(set->changes[1]).argv.front() == "dracut");
    // Nothing where it cannot be built; nothing to do for a driver in the kernel itself.
    facts.boot.initramfs_settings = failure(Errc::not_found, "no tool");
    CHECK_FALSE(kFixer.plan(facts, profile_2026(), {}));
    facts.boot.kernel->modules->built_in = {"nvme"};
    CHECK(kFixer.plan(facts, profile_2026(), {})->empty());
}

TEST_CASE("modules fixer: a package's file, and what the running kernel was told, are left") {
    auto host = el9_by_entries("root=UUID=1");
    host.files.file("/usr/lib/modprobe.d/x.conf", "blacklist ena\n");
    CHECK(refusal_of(host, kFixer).find("belongs to a package") != std::string::npos);
    host = el9_by_entries("root=UUID=1");
    host.files.file("/proc/sys/kernel/modules_disabled", "1\n");
    CHECK(refusal_of(host, kFixer).find("change it by hand") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
