// SPDX-License-Identifier: Apache-2.0
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

FakeHost systemd_host(const std::string& unit) {
    FakeHost host;
    host.running = false;
    host.files.file("/usr/lib/systemd/systemd", "");
    host.files.link("/sbin/init", "/usr/lib/systemd/systemd");
    host.files.link("/etc/systemd/system/default.target",
                    "/usr/lib/systemd/system/multi-user.target");
    host.files.file("/usr/lib/systemd/system/multi-user.target", "[Unit]\n");
    const auto path = "/usr/lib/systemd/system/" + unit;
    host.files.file(path, "[Service]\nExecStart=/x\n[Install]\nWantedBy=multi-user.target\n");
    host.files.link("/etc/systemd/system/multi-user.target.wants/" + unit, path);
    host.files.file("/usr/lib/udev/rules.d/50-default.rules", "");
    return host;
}

void name_by_place(FakeHost& host) {
    host.files.file(
        "/usr/lib/udev/rules.d/80-net-setup-link.rules",
        "SUBSYSTEM!=\"net\", GOTO=\"end\"\nIMPORT{builtin}=\"net_setup_link\"\n"
        "NAME==\"\", ENV{ID_NET_NAME}!=\"\", NAME=\"$env{ID_NET_NAME}\"\nLABEL=\"end\"\n");
    host.files.file(
        "/usr/lib/systemd/network/99-default.link",
        "[Match]\nOriginalName=*\n[Link]\nNamePolicy=keep kernel database onboard slot path\n");
}

}  // namespace

FakeHost debian_host() {
    auto host = systemd_host("networking.service");
    host.files.directory("/etc/network");
    host.files.file("/sbin/dhclient", "");
    return host;
}

FakeHost rhel6_host() {
    FakeHost host;
    host.running = false;
    host.files.file("/sbin/init", "");
    host.files.file("/etc/inittab", "id:3:initdefault:\n");
    host.files.file("/etc/rc.d/init.d/network", "#!/bin/bash\n");
    host.files.link("/etc/init.d", "rc.d/init.d");
    host.files.link("/etc/rc3.d", "rc.d/rc3.d");
    host.files.link("/etc/rc.d/rc3.d/S10network", "../init.d/network");
    host.files.directory("/etc/sysconfig/network-scripts");
    host.files.file("/sbin/dhclient", "");
    host.files.file("/lib/udev/rules.d/50-udev-default.rules", "");
    return host;
}

FakeHost el9_host() {
    auto host = systemd_host("NetworkManager.service");
    name_by_place(host);
    return host;
}

FakeHost networkd_host() {
    auto host = systemd_host("systemd-networkd.service");
    name_by_place(host);
    return host;
}

FakeHost sles_host() {
    auto host = systemd_host("wicked.service");
    host.files.file("/etc/sysconfig/network/config", "WAIT_FOR_INTERFACES=\"30\"\n");
    host.files.file("/usr/lib/wicked/bin/wickedd-dhcp4", "");
    return host;
}

FakeHost cloud_host() {
    auto host = networkd_host();
    host.files.file("/etc/cloud/cloud.cfg", "users: [default]\n");
    host.files.file("/usr/lib/systemd/system-generators/cloud-init-generator", "");
    return host;
}

}  // namespace guestprep
