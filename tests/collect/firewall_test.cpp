// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"
#include "agent/collect/services.h"
#include "agent/formats/admittance.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

constexpr auto kDrop = "*filter\n:INPUT DROP [0:0]\nCOMMIT\n";
constexpr auto kOpen = "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n";

FakeHost systemd_host() {
    FakeHost fake;
    fake.files.file("/usr/lib/systemd/systemd", "ELF");
    fake.files.link("/sbin/init", "../usr/lib/systemd/systemd");
    fake.files.link("/usr/lib/systemd/system/default.target", "multi-user.target");
    fake.files.file("/usr/lib/systemd/system/multi-user.target", "[Unit]\nRequires=basic.target\n");
    fake.files.file("/usr/lib/systemd/system/basic.target", "[Unit]\n");
    return fake;
}

void add_unit(FakeHost& fake, const std::string& name, bool enabled) {
    const auto file = "/usr/lib/systemd/system/" + name + ".service";
    fake.files.file(file,
                    "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n");
    if (enabled)
        fake.files.link("/etc/systemd/system/multi-user.target.wants/" + name + ".service", file);
}

FakeHost sysv_host() {
    FakeHost fake;
    fake.files.file("/etc/inittab", "id:3:initdefault:\n");
    fake.files.directory("/etc/rc.d/rc3.d");
    return fake;
}

FirewallFacts look(const FakeHost& fake) {
    Facts facts;
    collect_firewall(fake.host(), BootServices(fake.host()), facts);
    return facts.firewall;
}

Admission who(const Firewall& firewall) {
    if (!firewall.rules) return Admission::unknown;
    return admittance(*firewall.rules, {22}, {"eth0"}).who;
}

TEST_CASE("firewall collector: /etc/sysconfig/iptables counts where its service starts") {
    auto fake = systemd_host();
    add_unit(fake, "iptables", true);
    fake.files.file("/etc/sysconfig/iptables", kDrop);
    const auto found = look(fake);
    REQUIRE(found.at_boot.size() == 1);
    CHECK(found.at_boot[0].name == "iptables");
    CHECK(found.at_boot[0].service.starts());
    CHECK(who(found.at_boot[0]) == Admission::nobody);
}

TEST_CASE("firewall collector: a disabled service is idle") {
    auto fake = systemd_host();
    add_unit(fake, "iptables", false);
    fake.files.file("/etc/sysconfig/iptables", kDrop);
    const auto found = look(fake);
    CHECK(found.at_boot.empty());
    CHECK(found.idle == std::vector<std::string>{"iptables"});
}

TEST_CASE("firewall collector: RHEL 5 and 6 start iptables by a link in rc3.d") {
    auto fake = sysv_host();
    fake.files.file("/etc/sysconfig/iptables", kDrop);
    fake.files.file("/etc/rc.d/init.d/iptables", "#!/bin/sh\n# chkconfig: 2345 08 92\n", 0755);
    fake.files.link("/etc/init.d", "rc.d/init.d");
    CHECK(look(fake).at_boot.empty());
    fake.files.link("/etc/rc.d/rc3.d/S08iptables", "../init.d/iptables");
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
}

TEST_CASE("firewall collector: Debian's rules.v4") {
    auto fake = systemd_host();
    add_unit(fake, "netfilter-persistent", true);
    CHECK(look(fake).at_boot.empty());
    fake.files.file("/etc/iptables/rules.v4", kOpen);
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);
}

TEST_CASE("firewall collector: unreadable rules are an error, not an open firewall") {
    auto fake = systemd_host();
    add_unit(fake, "iptables", true);
    fake.files.file("/etc/sysconfig/iptables", kOpen);
    fake.files.deny("/etc/sysconfig/iptables");
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK_FALSE(look(fake).at_boot[0].rules);
}

TEST_CASE("firewall collector: nftables reads the file its unit names, and what that includes") {
    auto fake = systemd_host();
    add_unit(fake, "nftables", true);
    CHECK(look(fake).at_boot.empty());
    fake.files.file("/etc/nftables.conf",
                    "flush ruleset\ninclude \"/etc/nftables.d/*.nft\"\ninclude \"/etc/none/*\"\n");
    fake.files.file("/etc/nftables.d/b.nft", "add rule inet f in tcp dport 22 accept\n");
    fake.files.file(
        "/etc/nftables.d/a.nft",
        "table inet f { chain in { type filter hook input priority 0; policy drop; } }\n");
    fake.files.file("/etc/nftables.d/c.conf", "table inet f {\n");
    const auto found = look(fake);
    REQUIRE(found.at_boot.size() == 1);
    CHECK(who(found.at_boot[0]) == Admission::everyone);

    fake.files.file("/etc/sysconfig/nftables.conf", "include \"/etc/nftables/main.nft\"\n");
    fake.files.file("/etc/systemd/system/nftables.service",
                    "[Service]\nExecStart=/sbin/nft -f /etc/sysconfig/nftables.conf\n"
                    "[Install]\nWantedBy=multi-user.target\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::unknown);  // the include is not there
    fake.files.file(
        "/etc/nftables/main.nft",
        "table ip f { chain in { type filter hook input priority 0; policy drop; } }\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
}

TEST_CASE("firewall collector: the kernel's native tables count beside iptables' own") {
    auto fake = systemd_host();
    fake.files.file("/proc/modules", "nf_tables 1 2 - Live 0x0\n");
    fake.commands.on("iptables-save", {0, kOpen, ""});
    fake.commands.on("nft list ruleset",
                     {0,
                      "table ip filter {\n\tchain INPUT {\n\t\ttype filter hook input priority "
                      "filter; policy drop;\n\t}\n}\n",
                      ""});
    const auto admitted = [&] {
        const auto now = look(fake).now;
        return now ? admittance(*now, {22}, {"eth0"}).who : Admission::unknown;
    };
    CHECK(admitted() == Admission::everyone);
    fake.commands.on("nft list ruleset",
                     {0,
                      "table inet own {\n\tchain INPUT {\n\t\ttype filter hook input priority "
                      "filter; policy drop;\n\t}\n}\n",
                      ""});
    CHECK(admitted() == Admission::nobody);
}

TEST_CASE("firewall collector: ufw counts where it is enabled in both places") {
    auto fake = systemd_host();
    add_unit(fake, "ufw", true);
    fake.files.file("/etc/ufw/ufw.conf", "# comment\nENABLED=no\nLOGLEVEL=low\n");
    CHECK(look(fake).at_boot.empty());
    CHECK(look(fake).idle == std::vector<std::string>{"ufw"});
    fake.files.file("/etc/ufw/ufw.conf", "ENABLED=yes\n");
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK_FALSE(look(fake).at_boot[0].rules);

    fake.files.file("/etc/default/ufw", "IPV6=yes\nDEFAULT_INPUT_POLICY=\"DROP\"\n");
    fake.files.file("/etc/ufw/before.rules", "*filter\nCOMMIT\n");
    fake.files.file("/etc/ufw/after.rules", "*filter\nCOMMIT\n");
    fake.files.file("/lib/ufw/user.rules",
                    "*filter\n-A ufw-user-input -p tcp --dport 22 -j ACCEPT\nCOMMIT\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);
    fake.files.file("/etc/ufw/user.rules", "*filter\nCOMMIT\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
    fake.files.file("/etc/ufw/before.init", "#!/bin/sh\n", 0750);
    CHECK(who(look(fake).at_boot[0]) == Admission::unknown);
}

TEST_CASE("firewall collector: firewalld's files, /etc over /usr/lib") {
    auto fake = systemd_host();
    add_unit(fake, "firewalld", true);
    const auto put = [&](const std::string& path, const std::string& text) {
        fake.files.file(path, text);
    };
    put("/etc/firewalld/firewalld.conf", "# x\nDefaultZone=work\nFirewallBackend=nftables\n");
    put("/usr/lib/firewalld/zones/work.xml", "<zone><service name=\"remote\"/></zone>");
    put("/usr/lib/firewalld/services/remote.xml", "<service><include service=\"base\"/></service>");
    put("/usr/lib/firewalld/services/base.xml",
        "<service><port port=\"22\" protocol=\"tcp\"/></service>");
    put("/usr/lib/firewalld/services/unused.xml", "broken");
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);

    put("/etc/firewalld/services/base.xml", "<service/>");
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
    put("/etc/firewalld/zones/work.xml", "<zone><port port=\"22\" protocol=\"tcp\"/></zone>");
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);
    put("/etc/firewalld/direct.xml",
        "<direct><rule ipv=\"ipv4\" table=\"filter\" chain=\"INPUT\" priority=\"0\">-p tcp -j "
        "REJECT</rule></direct>");
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
    fake.files.deny("/etc/firewalld/zones/work.xml");
    CHECK_FALSE(look(fake).at_boot[0].rules);
}

TEST_CASE("firewall collector: zones that connections give to their interfaces") {
    auto fake = systemd_host();
    add_unit(fake, "firewalld", true);
    add_unit(fake, "NetworkManager", true);
    const std::string zones = "/etc/firewalld/zones/";
    fake.files.file(zones + "public.xml", "<zone><service name=\"ssh\"/></zone>");
    fake.files.file(zones + "drop.xml", "<zone target=\"DROP\"/>");
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);
    const std::string profile = "/etc/NetworkManager/system-connections/lan.nmconnection";
    fake.files.file(profile, "[connection]\ntype=ethernet\nzone=drop\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
    fake.files.file(profile,
                    "[connection]\ntype=ethernet\nzone=drop\n[ethernet]\n"
                    "mac-address=00:50:56:00:00:01\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);
    fake.files.file(profile, "[connection]\ntype=ethernet\ninterface-name=ens192\nzone=drop\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);
    fake.files.file("/etc/sysconfig/network-scripts/ifcfg-eth0", "DEVICE=eth0\nZONE=drop\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
}

TEST_CASE("firewall collector: SuSEfirewall2 of SLES 11, with its service files") {
    FakeHost fake;
    fake.files.file("/etc/inittab", "id:3:initdefault:\n");
    fake.files.file("/etc/init.d/SuSEfirewall2_setup",
                    "#!/bin/sh\n### BEGIN INIT INFO\n# Default-Start: 3 5\n### END INIT INFO\n",
                    0755);
    fake.files.file("/etc/sysconfig/SuSEfirewall2",
                    "FW_DEV_EXT=\"eth0\"\nFW_CONFIGURATIONS_EXT=\"sshd\"\nFW_ZONE_DEFAULT=''\n");
    fake.files.directory("/etc/init.d/rc3.d");
    CHECK(look(fake).at_boot.empty());
    fake.files.link("/etc/init.d/rc3.d/S11SuSEfirewall2_setup", "../SuSEfirewall2_setup");
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
    fake.files.file("/etc/sysconfig/SuSEfirewall2.d/services/sshd", "TCP=\"ssh\"\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);
    fake.files.file("/etc/sysconfig/network/ifcfg-eth0", "BOOTPROTO=dhcp\nFW_ZONE=dmz\n");
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);  // FW_DEV_EXT goes first
    fake.files.deny("/etc/sysconfig/SuSEfirewall2");
    CHECK_FALSE(look(fake).at_boot[0].rules);
}

TEST_CASE("firewall collector: rc.local works on what the service has loaded") {
    auto fake = systemd_host();
    add_unit(fake, "iptables", true);
    fake.files.file("/etc/sysconfig/iptables", kDrop);
    fake.files.file("/etc/rc.d/rc.local", "iptables -I INPUT -p tcp --dport 22 -j ACCEPT\n", 0644);
    fake.files.link("/etc/rc.local", "rc.d/rc.local");
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);  // not executable
    fake.files.file("/etc/rc.d/rc.local", "iptables -I INPUT -p tcp --dport 22 -j ACCEPT\n", 0755);
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(look(fake).at_boot[0].name == "iptables with /etc/rc.local");
    CHECK(who(look(fake).at_boot[0]) == Admission::everyone);
    fake.files.file("/etc/rc.d/rc.local", "service iptables stop\n", 0755);
    CHECK(who(look(fake).at_boot[0]) == Admission::unknown);
}

TEST_CASE("firewall collector: scripts alone are a firewall if they filter") {
    auto fake = systemd_host();
    fake.files.file("/etc/rc.local", "iptables -t nat -A POSTROUTING -j MASQUERADE\n", 0755);
    CHECK(look(fake).at_boot.empty());
    fake.files.file("/etc/rc.local", "iptables -P INPUT DROP\n", 0755);
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(look(fake).at_boot[0].name == "/etc/rc.local");
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
}

TEST_CASE("firewall collector: ifupdown's hooks and commands") {
    auto fake = systemd_host();
    fake.files.file("/etc/iptables.up.rules", kDrop);
    fake.files.file("/etc/network/if-pre-up.d/iptables",
                    "#!/bin/sh\n/sbin/iptables-restore < /etc/iptables.up.rules\n", 0755);
    CHECK(look(fake).at_boot.empty());  // no ifupdown
    fake.files.file("/etc/network/interfaces", "auto eth0\niface eth0 inet dhcp\n");
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);

    auto other = systemd_host();
    other.files.file("/etc/iptables.conf", kDrop);
    other.files.file("/etc/network/interfaces",
                     "auto eth0\niface eth0 inet dhcp\n"
                     "\tpre-up iptables-restore < /etc/iptables.conf\n");
    REQUIRE(look(other).at_boot.size() == 1);
    CHECK(look(other).at_boot[0].name == "/etc/network/interfaces:3");
    CHECK(who(look(other).at_boot[0]) == Admission::nobody);
}

TEST_CASE("firewall collector: units of the operator's own") {
    auto fake = systemd_host();
    fake.files.file("/etc/fw/rules", kDrop);
    const std::string unit = "/etc/systemd/system/my-firewall.service";
    fake.files.file(unit,
                    "[Service]\nExecStart=/sbin/iptables-restore /etc/fw/rules\n"
                    "[Install]\nWantedBy=multi-user.target\n");
    CHECK(look(fake).at_boot.empty());
    fake.files.link("/etc/systemd/system/multi-user.target.wants/my-firewall.service", unit);
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
    fake.files.file(unit,
                    "[Service]\nExecStart=-/usr/local/sbin/firewall.sh\n"
                    "[Install]\nWantedBy=multi-user.target\n");
    fake.files.file("/usr/local/sbin/firewall.sh", "iptables -P INPUT DROP\n", 0755);
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(look(fake).at_boot[0].name == "/usr/local/sbin/firewall.sh");
    CHECK(who(look(fake).at_boot[0]) == Admission::nobody);
}

TEST_CASE("firewall collector: managers with a language of their own are named") {
    auto fake = systemd_host();
    add_unit(fake, "csf", true);
    fake.files.file("/etc/csf/csf.conf", "TESTING = \"0\"\n");
    REQUIRE(look(fake).at_boot.size() == 1);
    CHECK(look(fake).at_boot[0].name == "csf");
    CHECK(look(fake).at_boot[0].rules.why().find("csf") != std::string::npos);
}

TEST_CASE(
    "firewall collector: the kernel is asked only where nothing starts, and only if it has rules") {
    auto fake = systemd_host();
    CHECK(look(fake).now.is_absent());
    CHECK(fake.commands.asked().empty());
    fake.files.file("/proc/modules", "nf_tables 1 2 - Live 0x0\n");
    fake.commands.on("iptables-save", {0, kDrop, ""});
    REQUIRE(look(fake).now);
    fake.privileged = false;
    CHECK(look(fake).now.error().code == Errc::access_denied);
    fake.running = false;
    CHECK(look(fake).now.error().code == Errc::unsupported);
}

}  // namespace
}  // namespace guestprep
