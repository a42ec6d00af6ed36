// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

Files fix(const FakeHost& host) {
    return fix_loop(host, fixers::ignore_hardware_addresses,
                    checks::network_ignores_hardware_addresses)
        .files;
}

std::string refusal(const FakeHost& host) {
    return refusal_of(host, fixers::ignore_hardware_addresses);
}

TEST_CASE("hardware address fixer: ifcfg files of RHEL") {
    auto host = rhel6_host();
    const std::string path = "/etc/sysconfig/network-scripts/ifcfg-eth0";
    host.files.file(path,
                    "DEVICE=eth0\r\nONBOOT=yes\r\nBOOTPROTO=dhcp\r\n"
                    "HWADDR=00:0C:29:00:00:01 # vm\r\nMACADDR=00:0c:29:00:00:02\r\n");
    CHECK(fix(host) == Files{{path,
                              "DEVICE=eth0\r\nONBOOT=yes\r\nBOOTPROTO=dhcp\r\n"
                              "#HWADDR=00:0C:29:00:00:01 # vm\r\n#MACADDR=00:0c:29:00:00:02\r\n"}});
}

TEST_CASE("hardware address fixer: SUSE's LLADDR, and names of files that hold one") {
    auto host = sles_host();
    const std::string folder = "/etc/sysconfig/network/";
    host.files.file(folder + "ifcfg-eth0",
                    "BOOTPROTO='dhcp'\nSTARTMODE='auto'\nLLADDR='00:0c:29:00:00:01'\n");
    CHECK(fix(host) ==
          Files{{folder + "ifcfg-eth0",
                 "BOOTPROTO='dhcp'\nSTARTMODE='auto'\n#LLADDR='00:0c:29:00:00:01'\n"}});
    auto old = sles_host();
    const std::string text = "BOOTPROTO='dhcp'\nSTARTMODE='auto'\n";
    old.files.file(folder + "ifcfg-eth-id-00:0c:29:00:00:11", text);
    CHECK(fix(old) == Files{{folder + "ifcfg-eth-id-00:0c:29:00:00:11", "gone"},
                            {folder + "ifcfg-eth0", text}});
    old.files.file(folder + "ifcfg-eth0", "BOOTPROTO='dhcp'\nSTARTMODE='off'\n");
    CHECK(refusal(old).find("is there as well") != std::string::npos);
}

TEST_CASE("hardware address fixer: two stanzas of ifupdown are one edit") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces",
                    "auto eth0 eth1\niface eth0 inet dhcp\n hwaddress ether 00:0c:29:00:00:01\n"
                    "iface eth1 inet dhcp\n hwaddress 00:0c:29:00:00:02\n");
    CHECK(fix(host) ==
          Files{{"/etc/network/interfaces",
                 "auto eth0 eth1\niface eth0 inet dhcp\n# hwaddress ether 00:0c:29:00:00:01\n"
                 "iface eth1 inet dhcp\n# hwaddress 00:0c:29:00:00:02\n"}});
}

TEST_CASE("hardware address fixer: NetworkManager's profiles, unless two would be for any") {
    auto host = el9_host();
    const std::string folder = "/etc/NetworkManager/system-connections/";
    const std::string text =
        "[connection]\nid=a\ntype=ethernet\n[ethernet]\nmac-address=00:0C:29:00:00:01\n"
        "cloned-mac-address=00:0c:29:00:00:02\n[ipv4]\nmethod=auto\n";
    host.files.file(folder + "a.nmconnection", text, 0600);
    CHECK(fix(host) ==
          Files{{folder + "a.nmconnection",
                 "[connection]\nid=a\ntype=ethernet\n[ethernet]\n"
                 "#mac-address=00:0C:29:00:00:01\n#cloned-mac-address=00:0c:29:00:00:02\n[ipv4]\n"
                 "method=auto\n"}});
    host.files.file(folder + "b.nmconnection", text, 0600);
    CHECK(refusal(host).find("only the hardware address tells") != std::string::npos);
}

TEST_CASE("hardware address fixer: networkd where a name is matched too; the rest is opt-in") {
    auto host = networkd_host();
    host.files.file("/etc/systemd/network/a.network",
                    "[Match]\nName=e*\nMACAddress=00:0c:29:00:00:01\n[Network]\nDHCP=yes\n");
    CHECK(fix(host) ==
          Files{{"/etc/systemd/network/a.network",
                 "[Match]\nName=e*\n#MACAddress=00:0c:29:00:00:01\n[Network]\nDHCP=yes\n"}});
    host.files.file("/etc/systemd/network/a.network",
                    "[Match]\nMACAddress=00:0c:29:00:00:01\n[Network]\nDHCP=yes\n");
    CHECK(refusal(host).find("include linux-hwaddr-binding") != std::string::npos);
}

TEST_CASE("hardware address fixer: refuses a line with several settings") {
    auto host = rhel6_host();
    host.files.file("/etc/sysconfig/network-scripts/ifcfg-eth0",
                    "DEVICE=eth0; HWADDR=00:0c:29:00:00:01\nONBOOT=yes\nBOOTPROTO=dhcp\n");
    CHECK(refusal(host).find("several settings") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
