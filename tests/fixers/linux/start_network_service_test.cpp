// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

Fixed fix(const FakeHost& host) {
    return fix_loop(host, fixers::start_network_service, checks::dhcp_client_runs);
}

FakeHost systemd_guest() {
    FakeHost host;
    host.running = false;
    host.files.file("/usr/lib/systemd/systemd", "");
    host.files.link("/sbin/init", "/usr/lib/systemd/systemd");
    host.files.file("/usr/lib/systemd/system/multi-user.target", "[Unit]\n");
    return host;
}

FakeHost sysv_guest(const std::string& head) {
    FakeHost host;
    host.running = false;
    host.files.file("/sbin/init", "").file("/etc/inittab", "id:3:initdefault:\n");
    host.files.file("/etc/rc.d/init.d/network", "#!/bin/bash\n" + head);
    host.files.link("/etc/init.d", "rc.d/init.d");
    host.files.directory("/etc/rc.d/rc2.d").directory("/etc/rc.d/rc3.d");
    host.files.link("/etc/rc.d/rc3.d/K90network", "../init.d/network");
    host.files.directory("/etc/sysconfig/network-scripts").file("/sbin/dhclient", "");
    return host;
}

TEST_CASE("network service fixer: systemd's links, those of Also= among them") {
    auto host = systemd_guest();
    const std::string units = "/usr/lib/systemd/system/";
    host.files.file(units + "NetworkManager.service",
                    "[Install]\nWantedBy=multi-user.target\nAlias=nm.service\n"
                    "Also=nm-wait.service\n");
    host.files.file(units + "nm-wait.service", "[Install]\nWantedBy=network-online.target\n");
    const auto fixed = fix(host).files;
    CHECK(fixed == std::map<std::string, std::string>{
                       {"/etc/systemd/system/multi-user.target.wants/NetworkManager.service",
                        "-> " + units + "NetworkManager.service"},
                       {"/etc/systemd/system/nm.service", "-> " + units + "NetworkManager.service"},
                       {"/etc/systemd/system/network-online.target.wants/nm-wait.service",
                        "-> " + units + "nm-wait.service"}});
}

TEST_CASE("network service fixer: SysV's links, by what the script's head asks for") {
    const auto fixed = fix(sysv_guest("# chkconfig: 23 9 90\n")).files;
    CHECK(fixed == std::map<std::string, std::string>{
                       {"/etc/rc.d/rc2.d/S09network", "-> ../init.d/network"},
                       {"/etc/rc.d/rc3.d/K90network", "gone"},
                       {"/etc/rc.d/rc3.d/S09network", "-> ../init.d/network"}});
}

TEST_CASE("network service fixer: an upstart job's override loses its word") {
    FakeHost host;
    host.running = false;
    host.files.file("/sbin/init", "").file("/sbin/initctl", "").file("/etc/init/rc.conf", "");
    host.files.file("/etc/init/networking.conf", "start on startup\n");
    host.files.file("/etc/init/networking.override", "# off\nmanual\n");
    host.files.directory("/etc/network").file("/sbin/dhclient", "");
    CHECK(fix(host).files == std::map<std::string, std::string>{
                                 {"/etc/init/networking.override", "# off\n#manual\n"}});
}

TEST_CASE("network service fixer: NETWORKING=no becomes yes, the rest of the file stays") {
    auto host = rhel6_host();
    host.files.file("/etc/sysconfig/network", "HOSTNAME=a\r\nNETWORKING=no # off\r\n");
    CHECK(fix(host).files ==
          std::map<std::string, std::string>{
              {"/etc/sysconfig/network", "HOSTNAME=a\r\nNETWORKING=yes # off\r\n"}});
}

TEST_CASE("network service fixer: a masked one is unmasked where the operator names the fixer") {
    auto host = systemd_guest();
    const std::string unit = "/usr/lib/systemd/system/NetworkManager.service";
    const std::string mask = "/etc/systemd/system/NetworkManager.service";
    host.files.file(unit, "[Install]\nWantedBy=multi-user.target\n").link(mask, "/dev/null");
    const FixWishes named{.keys = {}, .named = true};
    CHECK(
        fix_loop(host, fixers::start_network_service, checks::dhcp_client_runs, named).files ==
        std::map<std::string, std::string>{
            {mask, "gone"},
            {"/etc/systemd/system/multi-user.target.wants/NetworkManager.service", "-> " + unit}});
}

TEST_CASE("network service fixer: refuses what is masked, ordered by insserv, or not there") {
    const auto refused = [](const FakeHost& host) {
        return refusal_of(host, fixers::start_network_service);
    };
    auto masked = systemd_guest();
    masked.files.file("/usr/lib/systemd/system/NetworkManager.service", "[Install]\nAlias=x\n");
    masked.files.link("/etc/systemd/system/NetworkManager.service", "/dev/null");
    CHECK(refused(masked).find("masked") != std::string::npos);
    CHECK(refused(systemd_guest()).find("no network service is installed") != std::string::npos);
    auto ordered = sysv_guest("# Default-Start: 3\n");
    ordered.files.file("/etc/rc.d/init.d/.depend.start", "TARGETS = network\n");
    CHECK(refused(ordered).find("by hand") != std::string::npos);
    CHECK(refused(sysv_guest("# chkconfig: - 9 90\n")).find("by hand") != std::string::npos);
    CHECK(refused(rhel6_host()).empty());
}

}  // namespace
}  // namespace guestprep
