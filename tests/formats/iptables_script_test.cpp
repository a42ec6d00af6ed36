// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/iptables_script.h"

#include "agent/formats/admittance.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

struct Outcome {
    Admission who = Admission::unknown;
    ScriptRun run;
};

Outcome follow(std::string_view text) {
    const ReadNamedFile read = [](std::string_view path) -> std::optional<std::string> {
        if (path == "/etc/fw.rules")
            return "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp --dport 22 -j ACCEPT\nCOMMIT\n";
        return std::nullopt;
    };
    IptablesState state;
    Outcome out;
    out.run = run_iptables_script("/etc/rc.local", text, read, state);
    out.who = admittance(state.filter(), {22}, {"eth0"}).who;
    return out;
}

TEST_CASE("iptables script: a plain list of commands is followed in order") {
    const auto out = follow(
        "#!/bin/sh\n"
        "IPT=/sbin/iptables\n"
        "LAN=\"192.168.77.0/24\"\n"
        "$IPT -F; $IPT -X\n"
        "$IPT -P INPUT DROP\n"
        "${IPT} -A INPUT -s $LAN -p tcp \\\n"
        "   --dport 22 -j ACCEPT   # the office\n"
        "/sbin/iptables -A INPUT -m comment --comment 'a; b' -j LOG >/dev/null 2>&1\n"
        "exit 0\n"
        "iptables -P INPUT ACCEPT\n");
    CHECK(out.run.touched);
    CHECK(out.run.doubts.empty());
    CHECK(out.who == Admission::some_sources);
}

TEST_CASE("iptables script: iptables-restore reads its file") {
    for (const auto* text :
         {"iptables-restore < /etc/fw.rules", "/sbin/iptables-restore /etc/fw.rules\n",
          "[ -f /etc/fw.rules ] && iptables-restore < /etc/fw.rules",
          "F=/etc/fw.rules\niptables-restore < $F || true\n"}) {
        CAPTURE(text);
        const auto out = follow(std::string("iptables -P INPUT DROP\n") + text);
        CHECK(out.run.doubts.empty());
        CHECK(out.who == Admission::everyone);
    }
    const auto restored = follow("/bin/sh -c \"/sbin/iptables-restore < /etc/fw.rules; exit 0\"");
    CHECK(restored.run.touched);
    CHECK(restored.run.doubts.empty());
    CHECK(restored.who == Admission::everyone);
    CHECK(follow("sh -c 'exit 0'\niptables -P INPUT DROP\n").who == Admission::nobody);
    CHECK(follow("iptables-restore < /etc/gone.rules").run.doubts.size() == 1);
    CHECK(follow("cat /etc/fw.rules | iptables-restore").run.doubts.size() == 1);
    CHECK(follow("iptables-restore <<EOF\n*filter\nEOF\n").run.doubts.size() == 1);
}

TEST_CASE("iptables script: what happens only sometimes is a doubt that names its line") {
    const auto out = follow("true\nif [ -x /sbin/iptables ]; then\n  iptables -P INPUT DROP\nfi\n");
    REQUIRE(out.run.doubts.size() == 1);
    CHECK(out.run.doubts[0].where == "/etc/rc.local:3");
    for (const auto* text :
         {"for p in 22 80; do iptables -A INPUT -p tcp --dport $p -j ACCEPT; done\n",
          "start() {\n iptables -P INPUT DROP\n}\nstart\n",
          "start () {\n iptables -P INPUT DROP\n}\n",
          "function start\n{\niptables -P INPUT DROP\n}\n",
          "case $1 in\nstart)\niptables -P INPUT DROP\n;;\nesac\n",
          "iptables -A INPUT -s $OFFICE -j ACCEPT\n", "iptables -A INPUT -s `cat /x` -j ACCEPT\n",
          "grep -q x /y && iptables -P INPUT DROP\n", "sh -c 'iptables -P INPUT $POLICY'\n",
          "true || sh -c 'iptables -P INPUT DROP'\n", "sh -c 'grep x /y && iptables -F'\n",
          "service iptables stop\n", "systemctl stop firewalld.service\n", "ufw disable\n",
          "/etc/init.d/iptables stop\n", "nft -f /etc/x\n", "bash /root/iptables.sh\n"}) {
        CAPTURE(text);
        const auto one = follow(text);
        CHECK(one.run.touched);
        CHECK(one.run.doubts.size() == 1);
    }
}

TEST_CASE("iptables script: commands behind a finished condition are followed") {
    const auto out = follow(
        "if true\nthen\n  echo x\nfi\nwork() { true; }\nIPT=`which iptables`\nfor i in 1; do :; "
        "done\n"
        "$IPT -P INPUT DROP\n");
    CHECK(out.run.doubts.empty());
    CHECK(out.who == Admission::nobody);
}

TEST_CASE("iptables script: scripts that do something else are left alone") {
    for (const auto* text :
         {"", "#!/bin/sh\n# iptables -P INPUT DROP\nexit 0\n", "echo iptables is great\n",
          "touch /var/lock/subsys/local\n", "ip6tables -P INPUT DROP\n", "service nginx start\n",
          "iptables-save > /etc/fw.rules\n"}) {
        CAPTURE(text);
        CHECK_FALSE(follow(text).run.touched);
    }
    CHECK_FALSE(follow(std::string("\0\xff'\"`$(", 7)).run.touched);
    CHECK_FALSE(follow(std::string(1 << 20, '`')).run.touched);
    CHECK_FALSE(follow(std::string(1 << 20, '{')).run.touched);
}

}  // namespace
}  // namespace guestprep
