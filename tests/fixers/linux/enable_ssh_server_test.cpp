// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"

namespace guestprep {
namespace {

const auto& kFixer = fixers::enable_ssh_server;
const auto& kCheck = checks::ssh_server_starts;

FakeHost guest() {
    FakeHost fake;
    fake.files.file("/usr/sbin/sshd", "ELF", 0755)
        .file("/etc/ssh/sshd_config", "Port 22\n")
        .file("/etc/ssh/ssh_host_ed25519_key", "x", 0600);
    return fake;
}

FakeHost systemd_guest() {
    auto fake = guest();
    fake.files.file("/lib/systemd/systemd", "ELF")
        .link("/sbin/init", "../lib/systemd/systemd")
        .link("/lib/systemd/system/default.target", "multi-user.target")
        .file("/lib/systemd/system/multi-user.target", "[Unit]\n")
        .file("/lib/systemd/system/ssh.service",
              "[Unit]\nConditionPathExists=!/etc/ssh/sshd_not_to_be_run\n[Service]\n"
              "ExecStart=/usr/sbin/sshd\n[Install]\nWantedBy=multi-user.target\n");
    return fake;
}

constexpr const char* kWants = "/etc/systemd/system/multi-user.target.wants/ssh.service";

TEST_CASE("ssh fixer, systemd: makes the link that systemctl enable makes") {
    const auto fixed = fix_loop(systemd_guest(), kFixer, kCheck);
    REQUIRE(fixed.set.changes.size() == 1);
    CHECK(std::get<LinkEdit>(fixed.set.changes[0]).path == GuestPath(kWants));
}

TEST_CASE("ssh fixer: a file that keeps sshd from starting goes") {
    auto fake = systemd_guest();
    fake.files.link(kWants, "/lib/systemd/system/ssh.service");
    fake.files.file("/etc/ssh/sshd_not_to_be_run", "").file("/etc/debian_version", "12.4\n");
    const auto fixed = fix_loop(fake, kFixer, kCheck);
    CHECK(fixed.files.at("/etc/ssh/sshd_not_to_be_run") == "gone");
    CHECK(fixed.set.changes.size() == 1);
}

TEST_CASE("ssh fixer, SysV: start links in the runlevels that the script's head names") {
    auto fake = guest();
    fake.files.file("/etc/inittab", "id:3:initdefault:\n")
        .file("/etc/redhat-release", "CentOS release 5.11 (Final)\n")
        .file("/etc/rc.d/init.d/sshd", "#!/bin/bash\n# chkconfig: 2345 55 25\n", 0755)
        .link("/etc/init.d", "rc.d/init.d")
        .link("/etc/rc.d/rc3.d/K25sshd", "../init.d/sshd")
        .directory("/etc/rc.d/rc2.d")
        .directory("/etc/rc.d/rc4.d")
        .directory("/etc/rc.d/rc5.d");
    const auto fixed = fix_loop(fake, kFixer, kCheck);
    CHECK_FALSE(fixed.set.empty());
}

TEST_CASE("ssh fixer, Upstart: the override's \"manual\" is taken out of force") {
    auto fake = guest();
    fake.files.file("/sbin/initctl", "ELF")
        .file("/etc/init/rc-sysinit.conf", "env DEFAULT_RUNLEVEL=2\n")
        .file("/etc/init/ssh.conf", "start on runlevel [2345]\nexec /usr/sbin/sshd -D\n")
        .file("/etc/init/ssh.override", "manual\nnice 5\n");
    const auto fixed = fix_loop(fake, kFixer, kCheck);
    CHECK(fixed.files.at("/etc/init/ssh.override") == "#manual\nnice 5\n");
}

TEST_CASE("ssh fixer: no server, a masked one, an init system that is not known: nothing") {
    FakeHost bare;
    bare.files.directory("/etc");
    CHECK_FALSE(refusal_of(bare, kFixer).empty());
    CHECK_FALSE(refusal_of(guest(), kFixer).empty());
    auto fake = systemd_guest();
    fake.files.link("/etc/systemd/system/ssh.service", "/dev/null");
    CHECK(refusal_of(fake, kFixer).find("--include") != std::string::npos);
}

TEST_CASE("ssh fixer: a masked server is unmasked and enabled where the operator names the fixer") {
    const FixWishes named{.keys = {}, .named = true};
    const std::string mask = "/etc/systemd/system/ssh.service";
    auto fake = systemd_guest();
    fake.files.link(mask, "/dev/null");
    CHECK(fix_loop(fake, kFixer, kCheck, named).files ==
          std::map<std::string, std::string>{{mask, "gone"},
                                             {kWants, "-> /lib/systemd/system/ssh.service"}});
    // systemctl mask leaves the link of an enabled one.
    fake.files.link(kWants, "/lib/systemd/system/ssh.service");
    CHECK(fix_loop(fake, kFixer, kCheck, named).files ==
          std::map<std::string, std::string>{{mask, "gone"}});
    // An empty file in the unit's place, or nothing behind the mask.
    auto empty = systemd_guest();
    empty.files.file(mask, "");
    CHECK(refusal_of(empty, kFixer, named).find("unmask it by hand") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
