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
    return fix_loop(host, fixers::match_any_hardware_address,
                    checks::network_ignores_hardware_addresses)
        .files;
}

TEST_CASE("match fixer: netplan matches by name, and goes on to give its own") {
    auto host = networkd_host();
    host.files.file("/etc/netplan/50-cloud-init.yaml",
                    "network:\n    version: 2\n    ethernets:\n        eth0:\n"
                    "            dhcp4: true\n            match:\n"
                    "                macaddress: 00:0c:29:00:00:01 # vm\n"
                    "            set-name: eth0\n");
    CHECK(fix(host) == Files{{"/etc/netplan/50-cloud-init.yaml",
                              "network:\n    version: 2\n    ethernets:\n        eth0:\n"
                              "            dhcp4: true\n            match:\n"
                              "                name: \"e*\"\n"
                              "#                macaddress: 00:0c:29:00:00:01 # vm\n"
                              "            set-name: eth0\n"}});
}

TEST_CASE("match fixer: .network and .link files that know the address alone") {
    auto host = networkd_host();
    host.files.file("/etc/systemd/network/a.network",
                    "[Match]\nMACAddress=00:0c:29:00:00:01\n\n[Network]\nDHCP=yes\n");
    host.files.file("/etc/systemd/network/a.link",
                    "[Match]\nMACAddress=00:0c:29:00:00:01\n[Link]\nName=lan0\n");
    CHECK(fix(host) ==
          Files{{"/etc/systemd/network/a.network",
                 "[Match]\n#MACAddress=00:0c:29:00:00:01\nName=e*\n\n[Network]\nDHCP=yes\n"},
                {"/etc/systemd/network/a.link",
                 "[Match]\n#MACAddress=00:0c:29:00:00:01\nOriginalName=e*\n[Link]\nName=lan0\n"}});
}

TEST_CASE("match fixer: refuses several interfaces, and netplan in flow style") {
    const auto refusal = [](const std::string& yaml) {
        auto host = networkd_host();
        host.files.file("/etc/netplan/a.yaml", yaml);
        return refusal_of(host, fixers::match_any_hardware_address);
    };
    const std::string one = "network:\n  ethernets:\n    a:\n      dhcp4: true\n      match:";
    CHECK(refusal(one + "\n        macaddress: 00:0c:29:00:00:01\n    b:\n      dhcp4: true\n")
              .find("several interfaces") != std::string::npos);
    CHECK(refusal(one + " {macaddress: \"00:0c:29:00:00:01\"}\n").find("not written in blocks") !=
          std::string::npos);
    CHECK(refusal("network:\n  ethernets:\n    ens5:\n      dhcp4: true\n").empty());
}

}  // namespace
}  // namespace guestprep
