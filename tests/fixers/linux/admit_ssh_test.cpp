// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/firewall_edits.h"
#include "agent/fix_plan.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/fixtures.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

FakeHost systemd_host(const std::string& service) {
    FakeHost fake;
    fake.files.file("/usr/lib/systemd/systemd", "ELF");
    fake.files.link("/sbin/init", "../usr/lib/systemd/systemd");
    fake.files.link("/usr/lib/systemd/system/default.target", "multi-user.target");
    fake.files.file("/usr/lib/systemd/system/multi-user.target", "[Unit]\nRequires=basic.target\n");
    fake.files.file("/usr/lib/systemd/system/basic.target", "[Unit]\n");
    fake.files.file("/usr/sbin/sshd", "ELF", 0755).file("/etc/ssh/sshd_config", "Port 22\n");
    const auto file = "/usr/lib/systemd/system/" + service + ".service";
    fake.files.file(file,
                    "[Service]\nExecStart=/bin/true\n[Install]\nWantedBy=multi-user.target\n");
    fake.files.link("/etc/systemd/system/multi-user.target.wants/" + service + ".service", file);
    return fake;
}

FakeHost sysv_host() {
    FakeHost fake;
    fake.files.file("/etc/inittab", "id:3:initdefault:\n");
    fake.files.directory("/etc/rc.d/rc3.d");
    fake.files.file("/usr/sbin/sshd", "ELF", 0755).file("/etc/ssh/sshd_config", "Port 22\n");
    return fake;
}

std::string fixed(const FakeHost& host, const std::string& path) {
    return fix_loop(host, fixers::admit_ssh, checks::firewall_admits_ssh).files.at(path);
}

std::string refusal(const FakeHost& host) { return refusal_of(host, fixers::admit_ssh); }

/// What the planner makes of it, which looks at the guest as it would be.
FixPlan planned(const FakeHost& host) {
    FixChoice choice;
    choice.include = {"linux-firewall-ssh"};
    JudgeOptions options;
    options.only = {"linux-firewall-ssh"};
    auto plan = plan_fixes(host.host(), profile_2026(), options, choice);
    REQUIRE(plan);
    return std::move(*plan);
}

TEST_CASE("admit_ssh: RHEL's iptables, before the rule that rejects") {
    auto host = systemd_host("iptables");
    const std::string path = "/etc/sysconfig/iptables";
    const std::string head = "# sample\n*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n";
    const std::string tail =
        "-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT\n"
        "-A INPUT -j REJECT --reject-with icmp-host-prohibited\nCOMMIT\n";
    host.files.file(path, head + tail);
    CHECK(fixed(host, path) == head + "-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n" + tail);
}

TEST_CASE("admit_ssh: RHEL 5, with counters, and another port") {
    auto host = sysv_host();
    host.files.file("/etc/ssh/sshd_config", "Port 2222\n");
    host.files.file("/etc/rc.d/init.d/iptables", "#!/bin/sh\n# chkconfig: 2345 08 92\n", 0755);
    host.files.link("/etc/rc.d/rc3.d/S08iptables", "../init.d/iptables");
    const std::string path = "/etc/sysconfig/iptables";
    host.files.file(path,
                    "*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n"
                    ":INPUT DROP [5:300]\n[1:60] -A INPUT -i lo -j ACCEPT\nCOMMIT\n");
    CHECK(fixed(host, path) ==
          "*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT DROP [5:300]\n"
          "-A INPUT -p tcp -m tcp --dport 2222 -j ACCEPT\n"
          "[1:60] -A INPUT -i lo -j ACCEPT\nCOMMIT\n");
}

TEST_CASE("admit_ssh: Debian's rules.v4 without a single rule") {
    auto host = systemd_host("netfilter-persistent");
    host.files.file("/etc/iptables/rules.v4", "*filter\n:INPUT DROP [0:0]\nCOMMIT\n");
    CHECK(fixed(host, "/etc/iptables/rules.v4") ==
          "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n");
}

TEST_CASE("admit_ssh: nftables, in the file that the chain stands in") {
    auto host = systemd_host("nftables");
    host.files.file("/etc/nftables.conf", "flush ruleset\ninclude \"/etc/nftables.d/*.nft\"\n");
    const std::string path = "/etc/nftables.d/main.nft";
    host.files.file(
        path,
        "table ip6 six {\n\tchain in {\n\t\ttype filter hook input priority 0;\n\t}\n}\n"
        "table inet filter {\n\tchain input {\n"
        "\t\ttype filter hook input priority filter; policy drop;\n"
        "\t\tip saddr 192.168.77.0/24 tcp dport 22 accept\n\t}\n}\n");
    CHECK(fixed(host, path) ==
          "table ip6 six {\n\tchain in {\n\t\ttype filter hook input priority 0;\n\t}\n}\n"
          "table inet filter {\n\tchain input {\n"
          "\t\ttype filter hook input priority filter; policy drop;\n"
          "\t\ttcp dport 22 accept\n"
          "\t\tip saddr 192.168.77.0/24 tcp dport 22 accept\n\t}\n}\n");
}

TEST_CASE("admit_ssh: nftables with the policy on a line of its own") {
    auto host = systemd_host("nftables");
    host.files.file("/etc/nftables.conf",
                    "table ip f {\n  chain in {\n    type filter hook input priority 0\n"
                    "    policy drop\n  }\n}\n");
    CHECK(fixed(host, "/etc/nftables.conf") ==
          "table ip f {\n  chain in {\n    type filter hook input priority 0\n"
          "    policy drop\n    tcp dport 22 accept\n  }\n}\n");
}

TEST_CASE("admit_ssh: nftables on one line is left alone") {
    auto host = systemd_host("nftables");
    host.files.file(
        "/etc/nftables.conf",
        "table ip f { chain in { type filter hook input priority 0; policy drop; } }\n");
    CHECK(contains(refusal(host), "hooks into input"));
}

TEST_CASE("admit_ssh: firewalld, a zone of its own or a copy of the vendor's") {
    auto host = systemd_host("firewalld");
    host.files.file("/etc/firewalld/firewalld.conf", "DefaultZone=work\n");
    host.files.file("/usr/lib/firewalld/services/ssh.xml",
                    "<service><port port=\"22\" protocol=\"tcp\"/></service>\n");
    const std::string zone = "<?xml version=\"1.0\"?>\n<zone>\n  <short>Work</short>\n</zone>\n";
    const std::string with =
        "<?xml version=\"1.0\"?>\n<zone>\n  <short>Work</short>\n  <service name=\"ssh\"/>\n"
        "</zone>\n";
    host.files.directory("/etc/firewalld/zones");
    host.files.file("/usr/lib/firewalld/zones/work.xml", zone);
    CHECK(fixed(host, "/etc/firewalld/zones/work.xml") == with);
    host.files.file("/etc/firewalld/zones/work.xml", zone);
    CHECK(fixed(host, "/etc/firewalld/zones/work.xml") == with);
    host.files.file("/etc/firewalld/zones/work.xml", "<zone><short>x</short></zone>");
    CHECK(fixed(host, "/etc/firewalld/zones/work.xml") ==
          "<zone><short>x</short><service name=\"ssh\"/></zone>");
}

TEST_CASE("admit_ssh: a change after which nobody would get in is not made") {
    auto host = systemd_host("firewalld");
    host.files.file("/usr/lib/firewalld/services/ssh.xml",
                    "<service><port port=\"22\" protocol=\"tcp\"/></service>\n");
    host.files.file("/etc/firewalld/zones/public.xml", "<zone>\n</zone>\n");
    host.files.file("/etc/firewalld/direct.xml",
                    "<direct><rule ipv=\"ipv4\" table=\"filter\" chain=\"INPUT\" priority=\"0\">"
                    "-p tcp -j REJECT</rule></direct>");
    const auto plan = planned(host);
    CHECK(plan.changes.empty());
    REQUIRE(plan.fixers.size() == 1);
    CHECK(contains(plan.fixers.front().refused, "would still not pass"));
}

TEST_CASE("admit_ssh: the planner keeps what passes") {
    auto host = systemd_host("iptables");
    host.files.file("/etc/sysconfig/iptables", "*filter\n:INPUT DROP [0:0]\nCOMMIT\n");
    const auto plan = planned(host);
    CHECK(plan.changes.size() == 1);
    CHECK(plan.fixers.front().refused.empty());
}

TEST_CASE("admit_ssh: ufw, before what the operator denies") {
    auto host = systemd_host("ufw");
    host.files.file("/etc/ufw/ufw.conf", "ENABLED=yes\n");
    host.files.file("/etc/default/ufw", "IPV6=yes\nDEFAULT_INPUT_POLICY=\"DROP\"\n");
    const std::string chains = "*filter\n:ufw-before-input - [0:0]\n:ufw-user-input - [0:0]\n";
    host.files.file("/etc/ufw/before.rules",
                    "*filter\n:ufw-before-input - [0:0]\n"
                    "-A ufw-before-input -i lo -j ACCEPT\n-A ufw-before-input -j ufw-user-input\n"
                    "COMMIT\n");
    host.files.file("/etc/ufw/after.rules", "*filter\n:ufw-after-input - [0:0]\nCOMMIT\n");
    const std::string head = "*filter\n:ufw-user-input - [0:0]\n### RULES ###\n";
    const std::string tail =
        "\n### tuple ### deny tcp 22 0.0.0.0/0 any 10.0.0.0/8 in\n"
        "-A ufw-user-input -p tcp --dport 22 -s 10.0.0.0/8 -j DROP\n\n### END RULES ###\nCOMMIT\n";
    host.files.file("/etc/ufw/user.rules", head + tail);
    CHECK(fixed(host, "/etc/ufw/user.rules") ==
          head +
              "\n### tuple ### allow tcp 22 0.0.0.0/0 any 0.0.0.0/0 in\n"
              "-A ufw-user-input -p tcp --dport 22 -j ACCEPT\n" +
              tail);
}

TEST_CASE("admit_ssh: SuSEfirewall2 of SLES 11, on any interface") {
    FakeHost host;
    host.files.file("/usr/sbin/sshd", "ELF", 0755).file("/etc/ssh/sshd_config", "Port 22\n");
    host.files.file("/etc/inittab", "id:3:initdefault:\n");
    host.files.file("/etc/init.d/SuSEfirewall2_setup",
                    "#!/bin/sh\n### BEGIN INIT INFO\n# Default-Start: 3 5\n### END INIT INFO\n",
                    0755);
    host.files.directory("/etc/init.d/rc3.d");
    host.files.link("/etc/init.d/rc3.d/S11SuSEfirewall2_setup", "../SuSEfirewall2_setup");
    const std::string path = "/etc/sysconfig/SuSEfirewall2";
    host.files.file(path,
                    "# zone\nFW_DEV_EXT=\"eth-id-00:50:56:00:00:01\"\n"
                    "FW_SERVICES_EXT_TCP=\"80 443\" # web\n");
    CHECK(fixed(host, path) ==
          "# zone\nFW_DEV_EXT=\"eth-id-00:50:56:00:00:01 any\"\n"
          "FW_SERVICES_EXT_TCP=\"80 443 ssh\" # web\n");
}

TEST_CASE("admit_ssh: rules that cannot be read or that no file holds are left alone") {
    auto host = systemd_host("iptables");
    host.files.file("/etc/sysconfig/iptables", "x").deny("/etc/sysconfig/iptables");
    CHECK_FALSE(refusal(host).empty());
    auto open = systemd_host("iptables");
    open.files.file("/etc/sysconfig/iptables", "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n");
    CHECK(refusal(open).empty());
}

TEST_CASE("admit_ssh: real files that let nobody in are opened, and others left as they are") {
    struct Kind {
        const char *kind, *service, *expected;
    };
    for (const auto& [kind, service, expected] :
         {Kind{"iptables-save", "iptables", "new_tcp22_from_internet"}})
        for (const auto& fixture : fixtures_of_kind(kind)) {
            INFO(fixture.name);
            auto host = systemd_host(service);
            host.files.file("/etc/sysconfig/iptables", fixture.text);
            const auto plan = planned(host);
            const bool is_open = fixture.expected.at(expected) == "ACCEPT";
            if (is_open) {
                CHECK(plan.changes.empty());
                continue;
            }
            REQUIRE(plan.changes.size() == 1);
            fixed(host, "/etc/sysconfig/iptables");
        }
    for (const auto& fixture : fixtures_of_kind("firewalld-zone")) {
        INFO(fixture.name);
        const bool is_open = fixture.expected.at("ssh_22_allowed").get<bool>();
        const auto with = admit_in_firewalld_zone(fixture.text, 22);
        REQUIRE(with);
        CHECK(with->size() > fixture.text.size());
        if (is_open) continue;
        auto host = systemd_host("firewalld");
        host.files.file("/usr/lib/firewalld/services/ssh.xml",
                        "<service><port port=\"22\" protocol=\"tcp\"/></service>\n");
        host.files.file("/etc/firewalld/zones/public.xml", fixture.text);
        fixed(host, "/etc/firewalld/zones/public.xml");
    }
}

TEST_CASE(
    "admit_ssh: saved rules that a script of ifupdown's loads; commands of a script are left") {
    auto host = systemd_host("networking");
    const std::string rules = "/etc/iptables.up.rules";
    const std::string drop =
        "*filter\n:INPUT DROP [0:0]\n-A INPUT -s 10.0.0.0/8 -p tcp --dport 22 -j ACCEPT\nCOMMIT\n";
    host.files.file("/etc/network/interfaces", "auto eth0\niface eth0 inet dhcp\n");
    host.files.file(rules, drop);
    host.files.file("/etc/network/if-pre-up.d/iptables",
                    "#!/bin/sh\n/sbin/iptables-restore < /etc/iptables.up.rules\n", 0755);
    CHECK(contains(fixed(host, rules), "--dport 22 -j ACCEPT\n-A INPUT -s 10.0.0.0/8"));

    host.files.file("/etc/network/if-pre-up.d/iptables", "#!/bin/sh\niptables -P INPUT DROP\n",
                    0755);
    CHECK(contains(refusal(host), "no filter table"));
}

}  // namespace
}  // namespace guestprep
