// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;

FakeHost host_with(const std::string& text) {
    auto host = debian_host();
    host.files.file("/etc/dhcp/dhclient.conf", text);
    return host;
}

Files fix(const FakeHost& host) {
    return fix_loop(host, fixers::free_dhcp_client, checks::dhcp_client_insists_on_nothing).files;
}

TEST_CASE("dhclient fixer: statements over lines and blocks become comments") {
    CHECK(
        fix(host_with("timeout 60;\nsupersede domain-name-servers 192.0.2.1,\n  192.0.2.2; # x\n"
                      "interface \"ens192\" {\n  supersede host-name \"a;b}\";\n}\nretry 9;\n")) ==
        Files{{"/etc/dhcp/dhclient.conf",
               "timeout 60;\n#supersede domain-name-servers 192.0.2.1,\n#  192.0.2.2; # x\n"
               "#interface \"ens192\" {\n#  supersede host-name \"a;b}\";\n#}\nretry 9;\n"}});
}

TEST_CASE("dhclient fixer: the network script's client goes on asking") {
    auto host = rhel6_host();
    const std::string path = "/etc/sysconfig/network-scripts/ifcfg-eth0";
    host.files.file(path, "DEVICE=eth0\nONBOOT=yes\nBOOTPROTO=dhcp\nPERSISTENT_DHCLIENT=no # x");
    CHECK(fix(host) ==
          Files{{path, "DEVICE=eth0\nONBOOT=yes\nBOOTPROTO=dhcp\nPERSISTENT_DHCLIENT=yes # x"}});
}

TEST_CASE("dhclient fixer: refuses statements that share a line or do not end") {
    const auto refusal = [](const std::string& text) {
        return refusal_of(host_with(text), fixers::free_dhcp_client);
    };
    CHECK(refusal("reject 192.0.2.1; timeout 60;\n").find("more than the end") !=
          std::string::npos);
    CHECK(refusal("supersede host-name \"a\n").find("more than the end") != std::string::npos);
    CHECK(refusal("timeout 60;\n").empty());
}

}  // namespace
}  // namespace guestprep
