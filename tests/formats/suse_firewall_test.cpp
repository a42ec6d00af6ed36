// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/suse_firewall.h"

#include "agent/formats/admittance.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Admittance ask(SuseFirewallConfiguration given, std::vector<std::string> interfaces = {"eth0"}) {
    given.path = "/etc/sysconfig/SuSEfirewall2";
    return admittance(suse_firewall_filter(given), {22}, interfaces);
}
Admission judge(const std::string& text) { return ask({.text = text}).who; }
/// SLES 11 and later: the file has the setting.
Admission modern(const std::string& text) { return judge(text + "\nFW_ZONE_DEFAULT=''\n"); }

TEST_CASE("SuSEfirewall2: services of the external zone") {
    CHECK(modern("FW_SERVICES_EXT_TCP=\"ssh\"") == Admission::everyone);
    CHECK(modern("FW_SERVICES_EXT_TCP=\"80 20:25\"") == Admission::everyone);
    CHECK(modern("FW_SERVICES_EXT_TCP=\"80 443\"") == Admission::nobody);
    CHECK(modern("FW_SERVICES_EXT_TCP=\"\"\nFW_SERVICES_EXT_UDP=\"22\"") == Admission::nobody);
    CHECK(modern("FW_SERVICES_EXT_IP=\"esp tcp\"") == Admission::everyone);
    CHECK(modern("FW_SERVICES_INT_TCP=\"22\"") == Admission::nobody);
    CHECK(modern("FW_SERVICES_ACCEPT_EXT=\"0/0,tcp,22,,hitcount=3,blockseconds=60\"") ==
          Admission::everyone);
    CHECK(modern("FW_SERVICES_ACCEPT_EXT=\"0/0,udp,22\"") == Admission::nobody);
    CHECK(modern("FW_SERVICES_ACCEPT_EXT=\"10.0.0.0/8,tcp,22\"") == Admission::some_sources);
    CHECK(modern("FW_PROTECT_FROM_EXT=\"no\"") == Admission::everyone);
    CHECK(modern("FW_SERVICES_EXT_TCP=\"sapdp00\"") == Admission::unknown);
    CHECK(modern("FW_SERVICES_EXT_TCP=\"sapdp00 22\"") == Admission::everyone);
}

TEST_CASE("SuSEfirewall2: the line to change is named") {
    const auto found = ask({.text = "FW_DEV_EXT=\"any\"\nFW_SERVICES_EXT_TCP=\"80\"\n"});
    CHECK(found.who == Admission::nobody);
    CHECK(found.because.at(0).where == "/etc/sysconfig/SuSEfirewall2:2");
}

TEST_CASE("SuSEfirewall2: which zone the new interface falls into") {
    const std::string ssh = "FW_SERVICES_EXT_TCP=\"22\"\n";
    CHECK(modern(ssh + "FW_DEV_EXT=\"eth0\"") == Admission::everyone);
    CHECK(modern(ssh + "FW_DEV_EXT=\"eth1\"") == Admission::everyone);  // the zone of the rest
    CHECK(modern(ssh + "FW_DEV_INT=\"eth0\"") == Admission::nobody);
    CHECK(modern(ssh + "FW_DEV_INT=\"any\"") == Admission::nobody);
    CHECK(modern(ssh + "FW_DEV_INT=\"any\"\nFW_PROTECT_FROM_INT=\"no\"") == Admission::everyone);
    CHECK(judge(ssh + "FW_DEV_EXT=\"eth1\"\nFW_ZONE_DEFAULT=\"no\"\n") == Admission::nobody);
    CHECK(judge(ssh + "FW_ZONE_DEFAULT=\"dmz\"\n") == Admission::nobody);
    CHECK(ask({.text = ssh + "FW_ZONE_DEFAULT=''\n",
               .interfaces = {{"eth0", "dmz", {"/etc/sysconfig/network/ifcfg-eth0:9", ""}}}})
              .who == Admission::nobody);
    CHECK(modern("FW_ZONES=\"wan\"\nFW_DEV_wan=\"eth0\"\nFW_SERVICES_wan_TCP=\"22\"") ==
          Admission::everyone);
}

TEST_CASE("SuSEfirewall2: SLES 10 drops what comes by an interface that no zone lists") {
    const std::string ssh = "FW_SERVICES_EXT_TCP=\"22\"\n";
    CHECK(judge(ssh + "FW_DEV_EXT=\"eth0\"\n") == Admission::everyone);
    CHECK(judge(ssh + "FW_DEV_EXT=\"eth-id-00:0c:29:11:22:33\"\n") == Admission::nobody);
    CHECK(judge(ssh + "FW_DEV_EXT=\"any eth1\"\n") == Admission::everyone);
    CHECK(judge(ssh + "FW_DEV_EXT=\"auto\"\n") == Admission::everyone);
    const auto found = ask({.text = ssh + "FW_DEV_EXT=\"eth1\"\n"});
    CHECK(found.who == Admission::nobody);
    CHECK(found.interfaces == std::vector<std::string>{"eth1"});
    CHECK(found.because.at(0).where == "/etc/sysconfig/SuSEfirewall2:2");
}

TEST_CASE("SuSEfirewall2: trusted networks, denials and their order") {
    CHECK(modern("FW_TRUSTED_NETS=\"192.168.77.0/24,tcp,22\"") == Admission::some_sources);
    CHECK(modern("FW_TRUSTED_NETS=\"0/0\"") == Admission::everyone);
    const std::string both = "FW_SERVICES_EXT_TCP=\"22\"\nFW_SERVICES_DROP_EXT=\"0/0,tcp,22\"\n";
    CHECK(modern(both) == Admission::nobody);
    CHECK(modern(both + "FW_LEGACY_ACCEPT_FIRST=\"yes\"") == Admission::everyone);
    CHECK(modern("FW_SERVICES_EXT_TCP=\"22\"\nFW_SERVICES_REJECT_EXT=\"10.0.0.0/8,tcp\"") ==
          Admission::everyone);
    CHECK(modern("FW_SERVICES_EXT_TCP=\"22\"\nFW_REDIRECT=\"0/0,0/0,tcp,22,2222\"") ==
          Admission::unknown);
}

TEST_CASE("SuSEfirewall2: service files and custom rules") {
    const std::string text = "FW_CONFIGURATIONS_EXT=\"apache2 sshd\"\nFW_ZONE_DEFAULT=''\n";
    CHECK(suse_firewall_services(text) == std::vector<std::string>{"apache2", "sshd"});
    CHECK(ask({.text = text}).who == Admission::nobody);
    CHECK(ask({.text = text, .services = {{"sshd", "## Name: x\nTCP=\"ssh\"\nRPC=\"\"\n"}}}).who ==
          Admission::everyone);
    const std::string custom =
        "FW_SERVICES_EXT_TCP=\"22\"\nFW_ZONE_DEFAULT=''\nFW_CUSTOMRULES=\"/x\"\n";
    CHECK(suse_firewall_custom_rules(custom) == "/x");
    CHECK(
        ask({.text = custom, .custom_path = "/x", .custom_text = "f() {\n# iptables x\ntrue\n}\n"})
            .who == Admission::everyone);
    const auto found = ask({.text = custom,
                            .custom_path = "/x",
                            .custom_text = "f() {\n iptables -A input_ext -j DROP\n}\n"});
    CHECK(found.who == Admission::unknown);
    CHECK(found.because.at(0).where == "/x:2");
}

TEST_CASE("SuSEfirewall2: broken settings") {
    CHECK(judge("") == Admission::nobody);
    CHECK(judge(std::string("\0\xff FW_DEV_EXT=any", 17)) == Admission::nobody);
    CHECK(judge(std::string(1 << 20, '"')) == Admission::nobody);
}

}  // namespace
}  // namespace guestprep
