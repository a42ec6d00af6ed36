// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

const auto& kFixer = fixers::keep_protection_off;
const auto& kCheck = checks::protection_is_off;
const std::string kOwn = "/etc/systemd/system/";

Files fix(const FakeHost& host) { return fix_loop(host, kFixer, kCheck).files; }
std::string refusal(const FakeHost& host) { return refusal_of(host, kFixer); }
bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

void add_unit(FakeHost& host, const std::string& folder, const std::string& name) {
    host.files
        .file(folder + name, "[Service]\nExecStart=/x\n[Install]\nWantedBy=multi-user.target\n")
        .link(kOwn + "multi-user.target.wants/" + name, folder + name);
}

TEST_CASE("protection fixer, systemd: every service that starts is masked, timers too") {
    auto host = debian_host();
    add_unit(host, "/lib/systemd/system/", "clamav-daemon.service");
    add_unit(host, "/usr/lib/systemd/system/", "clamav-clamonacc.service");
    add_unit(host, "/usr/lib/systemd/system/", "wazuh-agent.service");
    add_unit(host, "/usr/lib/systemd/system/", "dailyaidecheck.timer");
    host.files.file("/etc/cron.daily/dailyaidecheck", "#!/bin/sh\n", 0755);
    const auto fixed = fix_loop(host, kFixer, kCheck);
    CHECK(fixed.files == Files{{kOwn + "clamav-daemon.service", "-> /dev/null"},
                               {kOwn + "clamav-clamonacc.service", "-> /dev/null"},
                               {kOwn + "wazuh-agent.service", "-> /dev/null"},
                               {kOwn + "dailyaidecheck.timer", "-> /dev/null"},
                               {"/etc/cron.daily/dailyaidecheck", "gone"}});
    CHECK(says(fixed.set.notes.at(0), "undo --only av-ids-disabled-linux"));
}

TEST_CASE("protection fixer, systemd: an administrator's own unit, an alias, an instance") {
    auto host = debian_host();
    add_unit(host, kOwn, "falcon-sensor.service");
    CHECK(fix(host) == Files{{kOwn + "multi-user.target.wants/falcon-sensor.service", "gone"}});

    host = el9_host();
    host.files.file("/usr/lib/systemd/system/clamd@.service", "[Service]\nExecStart=/x\n")
        .link(kOwn + "multi-user.target.wants/clamd@scan.service",
              "/usr/lib/systemd/system/clamd@.service");
    CHECK(fix(host) == Files{{kOwn + "clamd@scan.service", "-> /dev/null"}});

    // The unit is linked into place from elsewhere.
    host = debian_host();
    add_unit(host, "/opt/ds/", "ds_agent.service");
    host.files.link(kOwn + "ds_agent.service", "/opt/ds/ds_agent.service");
    CHECK(fix(host) == Files{{kOwn + "ds_agent.service", "-> /dev/null"}});
}

TEST_CASE("protection fixer, systemd: an init script, which a generator makes a unit of") {
    auto host = debian_host();
    host.files.file("/etc/init.d/ds_agent", "#!/bin/sh\n", 0755)
        .link("/etc/rc2.d/S20ds_agent", "../init.d/ds_agent");
    CHECK(fix(host) == Files{{kOwn + "ds_agent.service", "-> /dev/null"}});
}

TEST_CASE("protection fixer, SysV: the start links of all runlevels go, each once") {
    auto host = rhel6_host();
    host.files.file("/etc/rc.d/init.d/ds_agent", "#!/bin/sh\n", 0755);
    for (const std::string level : {"2", "3", "5"})
        host.files.link("/etc/rc.d/rc" + level + ".d/S85ds_agent", "../init.d/ds_agent");
    host.files.link("/etc/rc.d/rc6.d/K15ds_agent", "../init.d/ds_agent");
    CHECK(fix(host) == Files{{"/etc/rc.d/rc2.d/S85ds_agent", "gone"},
                             {"/etc/rc.d/rc3.d/S85ds_agent", "gone"},
                             {"/etc/rc.d/rc5.d/S85ds_agent", "gone"}});
    // A copy in a link's place is not understood.
    host.files.file("/etc/rc.d/rc4.d/S85ds_agent", "#!/bin/sh\n", 0755);
    CHECK(says(refusal(host), "disabled by hand"));
}

FakeHost ubuntu_14() {
    FakeHost host;
    host.running = false;
    host.files.file("/etc/os-release", "ID=ubuntu\nVERSION_ID=\"14.04\"\nID_LIKE=debian\n")
        .file("/sbin/initctl", "ELF")
        .file("/etc/init/rc-sysinit.conf", "env DEFAULT_RUNLEVEL=2\n")
        .file("/etc/init/suricata.conf", "start on runlevel [2345]\nexec /usr/bin/suricata\n");
    return host;
}

TEST_CASE("protection fixer, Upstart: \"manual\" in an override, as a new file or a last line") {
    const std::string path = "/etc/init/suricata.override";
    auto host = ubuntu_14();
    CHECK(fix(host) == Files{{path, "manual\n"}});
    host.files.file(path, "nice 5");
    CHECK(fix(host) == Files{{path, "nice 5\nmanual\n"}});
    // RHEL 6's Upstart knows no such files.
    host.files.file("/etc/os-release", "ID=centos\nVERSION_ID=\"6.10\"\n");
    CHECK(says(refusal(host), "reads no override files"));
}

TEST_CASE("protection fixer: what cron runs, and what only a module shows") {
    auto host = rhel6_host();
    host.files.file("/etc/cron.daily/tripwire-check", "#!/bin/sh\n", 0755);
    CHECK(fix(host) == Files{{"/etc/cron.daily/tripwire-check", "gone"}});
    auto loaded = debian_host();
    loaded.running = true;
    loaded.files.file("/proc/modules", "falcon_lsm_serviceable 1 0 - Live 0x0\n");
    CHECK(says(refusal(loaded), "disable it as its maker says"));
    CHECK_FALSE(kFixer.plan({}, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
