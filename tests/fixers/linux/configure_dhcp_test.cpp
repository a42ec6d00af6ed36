// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

Fixed fix(const FakeHost& host) {
    return fix_loop(host, fixers::configure_dhcp, checks::network_uses_dhcp);
}

std::string refusal(const FakeHost& host) { return refusal_of(host, fixers::configure_dhcp); }

TEST_CASE("dhcp fixer: a stanza of ifupdown, its further addresses and routes") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces",
                    "auto lo eth0\niface lo inet loopback\n# the office\niface eth0 inet static\n"
                    "\taddress 192.0.2.10 # ours\n\tnetmask 255.255.255.0\n\tgateway 192.0.2.1\n"
                    "\tmtu 1400\n\tup route add -net 10.0.0.0/8 \\\n\t  gw 192.0.2.2\n"
                    "iface eth0 inet static\n  address 192.0.2.11/24\n");
    const auto fixed = fix(host);
    CHECK(fixed.files ==
          Files{{"/etc/network/interfaces",
                 "auto lo eth0\niface lo inet loopback\n# the office\niface eth0 inet dhcp\n"
                 "#\taddress 192.0.2.10 # ours\n#\tnetmask 255.255.255.0\n#\tgateway 192.0.2.1\n"
                 "\tmtu 1400\n#\tup route add -net 10.0.0.0/8 \\\n#\t  gw 192.0.2.2\n"
                 "#iface eth0 inet static\n#  address 192.0.2.11/24\n"}});
    REQUIRE_FALSE(fixed.set.notes.empty());
    CHECK(fixed.set.notes[0].find("192.0.2.10") != std::string::npos);
    CHECK(fixed.set.notes[0].find("gateways 192.0.2.1") != std::string::npos);
}

TEST_CASE("dhcp fixer: a stanza in a sourced file") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces", "source /etc/network/interfaces.d/*\n");
    host.files.file("/etc/network/interfaces.d/a",
                    "allow-hotplug eth0\r\niface eth0 inet static\r\n address 192.0.2.10/24\r\n");
    CHECK(fix(host).files ==
          Files{{"/etc/network/interfaces.d/a",
                 "allow-hotplug eth0\r\niface eth0 inet dhcp\r\n# address 192.0.2.10/24\r\n"}});
}

TEST_CASE("dhcp fixer: an ifcfg file of RHEL") {
    auto host = rhel6_host();
    host.files.file("/etc/sysconfig/network-scripts/ifcfg-eth0",
                    "DEVICE=eth0\nBOOTPROTO=none # old\nONBOOT=yes\nIPADDR=192.0.2.10\n"
                    "NETMASK=255.255.255.0\nGATEWAY=192.0.2.1\nDNS1=192.0.2.3\nMTU=1400\n");
    CHECK(fix(host).files ==
          Files{{"/etc/sysconfig/network-scripts/ifcfg-eth0",
                 "DEVICE=eth0\nBOOTPROTO=dhcp # old\nONBOOT=yes\n#IPADDR=192.0.2.10\n"
                 "#NETMASK=255.255.255.0\n#GATEWAY=192.0.2.1\n#DNS1=192.0.2.3\nMTU=1400\n"}});
}

TEST_CASE("dhcp fixer: an ifcfg file of SUSE, and the default route beside it") {
    auto host = sles_host();
    host.files.file("/etc/sysconfig/network/ifcfg-eth0",
                    "BOOTPROTO='static'\nSTARTMODE='auto'\nIPADDR='192.0.2.10/24'\n"
                    "IPADDR_1='192.0.2.11/24'\n");
    host.files.file("/etc/sysconfig/network/routes", "10.0.0.0/8 192.0.2.2 - -\ndefault 192.0.2.1");
    CHECK(fix(host).files ==
          Files{{"/etc/sysconfig/network/ifcfg-eth0",
                 "BOOTPROTO=dhcp\nSTARTMODE='auto'\n#IPADDR='192.0.2.10/24'\n"
                 "#IPADDR_1='192.0.2.11/24'\n"},
                {"/etc/sysconfig/network/routes", "10.0.0.0/8 192.0.2.2 - -\n#default 192.0.2.1"}});
}

TEST_CASE("dhcp fixer: what the old network's routes are in beside an ifcfg file") {
    auto host = rhel6_host();
    const std::string folder = "/etc/sysconfig/network-scripts/";
    host.files.file(folder + "ifcfg-eth0", "DEVICE=eth0\nONBOOT=yes\nIPADDR=192.0.2.10\n");
    host.files.file(folder + "route-eth0", "default via 192.0.2.1\n10.0.0.0/8 via 192.0.2.2 ")
        .file(folder + "rule-eth0", "from 192.0.2.10 table 1\r\n")
        .file(folder + "route-eth1", "10.9.0.0/16 via 192.0.2.9\n")
        .file(folder + "route6-eth0", "default via fe80::1\n")
        .file("/etc/sysconfig/network",
              "NETWORKING=yes\nHOSTNAME=a\nGATEWAY=192.0.2.1 # old\nGATEWAYDEV=\"eth0\"");
    const auto fixed = fix(host);
    CHECK(fixed.files ==
          Files{{folder + "ifcfg-eth0",
                 "DEVICE=eth0\nONBOOT=yes\n#IPADDR=192.0.2.10\nBOOTPROTO=dhcp\n"},
                {folder + "route-eth0", "gone"},
                {folder + "rule-eth0", "gone"},
                {"/etc/sysconfig/network",
                 "NETWORKING=yes\nHOSTNAME=a\n#GATEWAY=192.0.2.1 # old\n#GATEWAYDEV=\"eth0\""}});
    const auto has_note = [&](std::string_view part) {
        for (const auto& note : fixed.set.notes)
            if (note.find(part) != std::string::npos) return true;
        return false;
    };
    CHECK(has_note("route-eth0 is taken away, it had: default via 192.0.2.1; 10.0.0.0/8 via"));
    CHECK(has_note("GATEWAY=192.0.2.1 GATEWAYDEV=eth0"));
}

TEST_CASE("dhcp fixer: the routes of SUSE's interface lie in ifroute-") {
    auto suse = sles_host();
    suse.files
        .file("/etc/sysconfig/network/ifcfg-eth0",
              "BOOTPROTO=static\nSTARTMODE=auto\nIPADDR=192.0.2.10/24\n")
        .file("/etc/sysconfig/network/ifroute-eth0", "default 192.0.2.1 - -\n");
    CHECK(fix(suse).files.at("/etc/sysconfig/network/ifroute-eth0") == "gone");
}

TEST_CASE("dhcp fixer: a profile of NetworkManager") {
    auto host = el9_host();
    const std::string path = "/etc/NetworkManager/system-connections/ens192.nmconnection";
    host.files.file(path,
                    "[connection]\nid=ens192\ntype=ethernet\n\n[ipv4]\n"
                    "address1=192.0.2.10/24,192.0.2.1\ndns=192.0.2.3;\nroute1=10.0.0.0/8\n"
                    "route1_options=mtu=1400\nmethod=manual\nroute-metric=5\n\n[ipv6]\n"
                    "method=auto\n",
                    0600);
    CHECK(fix(host).files ==
          Files{{path,
                 "[connection]\nid=ens192\ntype=ethernet\n\n[ipv4]\n"
                 "#address1=192.0.2.10/24,192.0.2.1\n#dns=192.0.2.3;\n#route1=10.0.0.0/8\n"
                 "#route1_options=mtu=1400\nmethod=auto\nroute-metric=5\n\n[ipv6]\n"
                 "method=auto\n"}});
}

TEST_CASE("dhcp fixer: a .network file; a package's is copied to /etc") {
    const std::string text =
        "[Match]\nName=e*\n[Network]\nAddress=192.0.2.10/24\nDNS=192.0.2.3\n[Route]\n"
        "Gateway=192.0.2.1\nDestination=10.0.0.0/8\n";
    const std::string after =
        "[Match]\nName=e*\n[Network]\n#Address=192.0.2.10/24\n#DNS=192.0.2.3\nDHCP=ipv4\n[Route]\n"
        "#Gateway=192.0.2.1\n#Destination=10.0.0.0/8\n";
    auto local = networkd_host();
    local.files.file("/etc/systemd/network/10-a.network", text);
    CHECK(fix(local).files == Files{{"/etc/systemd/network/10-a.network", after}});
    auto shipped = networkd_host();
    shipped.files.file("/usr/lib/systemd/network/10-a.network", text);
    CHECK(fix(shipped).files == Files{{"/etc/systemd/network/10-a.network", after}});
    local.files.file("/etc/systemd/network/10-a.network.d/x.conf", "[Network]\nDNS=1.1.1.1\n");
    CHECK(refusal(local).find("x.conf adds to it") != std::string::npos);
}

TEST_CASE("dhcp fixer: netplan's YAML, whatever is around") {
    auto host = networkd_host();
    host.files.file("/etc/netplan/01.yaml",
                    "# ours\nnetwork:\n  version: 2\n  ethernets:\n    ens192:\n"
                    "      addresses:\n      - 192.0.2.10/24 # office\n      gateway4: 192.0.2.1\n"
                    "      nameservers:\n        addresses: [192.0.2.3,\n          192.0.2.4]\n"
                    "      dhcp4: no   # never\n      mtu: 1400\n    # spare\n"
                    "    ens224: {optional: true}\n");
    CHECK(fix(host).files ==
          Files{{"/etc/netplan/01.yaml",
                 "# ours\nnetwork:\n  version: 2\n  ethernets:\n    ens192:\n"
                 "#      addresses:\n#      - 192.0.2.10/24 # office\n#      gateway4: 192.0.2.1\n"
                 "#      nameservers:\n#        addresses: [192.0.2.3,\n#          192.0.2.4]\n"
                 "      dhcp4: true   # never\n      mtu: 1400\n    # spare\n"
                 "    ens224: {optional: true}\n"}});
}

TEST_CASE("dhcp fixer: netplan's addresses in several files; a line is added") {
    auto host = networkd_host();
    host.files.file("/etc/netplan/01.yaml",
                    "network:\n  ethernets:\n    eth0:\n      optional: true\n"
                    "      addresses: [192.0.2.10/24]\n");
    host.files.file("/etc/netplan/02.yaml",
                    "network:\r\n  ethernets:\r\n    \"eth0\":\r\n      addresses:\r\n"
                    "        - 192.0.2.11/24\r\n");
    CHECK(fix(host).files ==
          Files{{"/etc/netplan/01.yaml",
                 "network:\n  ethernets:\n    eth0:\n      optional: true\n"
                 "#      addresses: [192.0.2.10/24]\n"},
                {"/etc/netplan/02.yaml",
                 "network:\r\n  ethernets:\r\n    \"eth0\":\r\n      dhcp4: true\r\n"
                 "#      addresses:\r\n#        - 192.0.2.11/24\r\n"}});
}

TEST_CASE("dhcp fixer: two files of one interface are both changed, another interface is named") {
    auto host = rhel6_host();
    const std::string folder = "/etc/sysconfig/network-scripts/";
    host.files.file(folder + "ifcfg-eth0", "DEVICE=eth0\nONBOOT=yes\nIPADDR=192.0.2.10\n");
    host.files.file(folder + "ifcfg-eth1", "DEVICE=eth1\nONBOOT=yes\nIPADDR=198.51.100.1\n");
    const auto fixed =
        fix_loop_until(host, fixers::configure_dhcp, checks::network_uses_dhcp, Status::fail);
    CHECK(fixed.files.size() == 1);
    CHECK(fixed.set.notes.back().find("eth1 keeps its fixed address") != std::string::npos);
}

TEST_CASE("dhcp fixer: refuses a bond, a line of two settings, flow style, what is not followed") {
    auto bond = debian_host();
    bond.files.file("/etc/network/interfaces",
                    "auto bond0\niface bond0 inet static\n address 192.0.2.10/24\n"
                    " bond-slaves eth0\n");
    CHECK(refusal(bond).find("a bond holds the address") != std::string::npos);
    auto dense = rhel6_host();
    dense.files.file("/etc/sysconfig/network-scripts/ifcfg-eth0",
                     "DEVICE=eth0; IPADDR=192.0.2.10\nONBOOT=yes\n");
    CHECK(refusal(dense).find("several settings") != std::string::npos);
    auto flow = networkd_host();
    flow.files.file("/etc/netplan/a.yaml",
                    "network: {ethernets: {ens192: {addresses: [192.0.2.10/24]}}}\n");
    CHECK(refusal(flow).find("not written in blocks") != std::string::npos);
    auto inherits = debian_host();
    inherits.files.file("/etc/network/interfaces",
                        "auto eth0\niface eth0 inet static inherits base\n address 192.0.2.1\n");
    CHECK(refusal(inherits).find("another one") != std::string::npos);
    auto dhcp = debian_host();
    dhcp.files.file("/etc/network/interfaces", "auto eth0\niface eth0 inet dhcp\n");
    CHECK(refusal(dhcp).empty());
}

}  // namespace
}  // namespace guestprep
