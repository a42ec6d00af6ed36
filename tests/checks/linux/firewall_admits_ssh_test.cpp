// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "agent/formats/iptables_state.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

/// "-A INPUT ..." lines after a policy of DROP.
PacketFilter dropping(std::string_view rules) {
    IptablesState state;
    state.restore("/etc/sysconfig/iptables",
                  "*filter\n:INPUT DROP [0:0]\n" + std::string(rules) + "\nCOMMIT\n");
    return state.filter();
}

Firewall firewall(std::string_view rules, Enablement state = Enablement::enabled) {
    return {"iptables",
            {.name = "iptables.service", .state = state, .note = "cannot be told"},
            dropping(rules)};
}

Finding judge(std::vector<Firewall> firewalls, InitSystem init = InitSystem::sysv) {
    Facts facts;
    facts.os.init = init;
    facts.firewall.at_boot = std::move(firewalls);
    return checks::firewall_admits_ssh.evaluate(facts, {});
}

TEST_CASE("firewall: SSH from everywhere passes") {
    const auto finding = judge({firewall("-A INPUT -p tcp --dport 22 -j ACCEPT")});
    CHECK(finding.status == Status::pass);
    CHECK(judge({firewall("-A INPUT -i eth0 -p tcp --dport 22 -j ACCEPT")}).status == Status::pass);
}

TEST_CASE("firewall: nobody, and only the old network, are blockers") {
    const auto nobody = judge({firewall("")});
    CHECK(nobody.status == Status::fail);
    CHECK(nobody.variant.empty());
    CHECK(nobody.evidence.at(0).where == "/etc/sysconfig/iptables:2");

    const auto old = judge({firewall("-A INPUT -s 192.168.77.0/24 -p tcp --dport 22 -j ACCEPT")});
    CHECK(old.status == Status::fail);
    CHECK(old.variant.empty());
    CHECK(old.evidence.size() == 2);
    CHECK(old.summary.find("192.168.77.0/24") != std::string::npos);
}

TEST_CASE("firewall: a public source is a lesser case") {
    const auto finding =
        judge({firewall("-A INPUT -s 10.0.0.0/8 -j ACCEPT\n"
                        "-A INPUT -s 8.8.4.0/24 -p tcp --dport 22 -j ACCEPT")});
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant == "source-limited");
}

TEST_CASE("firewall: interface names that go, stay, or may come") {
    const auto on = [](std::string_view name, InitSystem init) {
        const auto finding = judge(
            {firewall("-A INPUT -i " + std::string(name) + " -p tcp --dport 22 -j ACCEPT")}, init);
        return std::pair(finding.status, finding.variant);
    };
    const std::pair blocker(Status::fail, std::string());
    const std::pair lesser(Status::fail, std::string("interface-bound"));
    CHECK(on("ens192", InitSystem::systemd) == blocker);
    CHECK(on("eth1", InitSystem::sysv) == blocker);
    CHECK(on("eth0", InitSystem::systemd) == lesser);
    CHECK(on("bond0", InitSystem::systemd) == lesser);
    CHECK(on("e+", InitSystem::systemd).first == Status::pass);
}

TEST_CASE("firewall: the ports are sshd's own") {
    Facts facts;
    facts.access.ssh_ports = std::vector<std::uint16_t>{2222};
    facts.firewall.at_boot = {firewall("-A INPUT -p tcp --dport 22 -j ACCEPT")};
    CHECK(checks::firewall_admits_ssh.evaluate(facts, {}).status == Status::fail);
    facts.access.ssh_ports = std::vector<std::uint16_t>{22, 2222};
    CHECK(checks::firewall_admits_ssh.evaluate(facts, {}).status == Status::pass);
}

TEST_CASE("firewall: what cannot be judged is unknown and named") {
    const auto set = judge({firewall("-A INPUT -m set --match-set friends src -j ACCEPT")});
    CHECK(set.status == Status::unknown);
    CHECK(set.evidence.at(0).where == "/etc/sysconfig/iptables:3");

    Firewall unread = firewall("");
    unread.rules = failure(Errc::access_denied, "/etc/sysconfig/iptables: permission denied");
    CHECK(judge({unread}).status == Status::unknown);

    CHECK(judge({firewall("", Enablement::unknown)}).status == Status::unknown);
    CHECK(judge({firewall("-A INPUT -j ACCEPT", Enablement::unknown)}).status == Status::pass);
}

TEST_CASE("firewall: two that disagree are unknown, two that drop are not") {
    CHECK(judge({firewall("-A INPUT -j ACCEPT"), firewall("")}).status == Status::unknown);
    CHECK(judge({firewall(""), firewall("")}).status == Status::fail);
    Firewall manager = firewall("");
    manager.rules = failure(Errc::unsupported, "csf cannot be judged");
    CHECK(judge({firewall(""), manager}).status == Status::unknown);
    CHECK(judge({firewall("-A INPUT -j ACCEPT"), firewall("-A INPUT -j ACCEPT")}).status ==
          Status::pass);
}

TEST_CASE("firewall: rules of now without an origin are not taken for persisted") {
    Facts facts;
    const auto status = [&] { return checks::firewall_admits_ssh.evaluate(facts, {}).status; };
    CHECK(status() == Status::unknown);
    facts.firewall.now = failure(Errc::not_found, "no rules");
    CHECK(status() == Status::pass);
    facts.firewall.now = failure(Errc::unsupported, "not the running system");
    CHECK(status() == Status::pass);
    facts.firewall.now = dropping("-A INPUT -p tcp --dport 22 -j ACCEPT");
    CHECK(status() == Status::pass);
    facts.firewall.now = dropping("");
    CHECK(status() == Status::unknown);
    facts.firewall.now = failure(Errc::access_denied, "only root");
    CHECK(status() == Status::unknown);
}

}  // namespace
}  // namespace guestprep
