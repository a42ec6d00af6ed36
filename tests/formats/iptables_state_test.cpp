// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/iptables_state.h"

#include "agent/formats/admittance.h"
#include "tests/support/catch.h"
#include "tests/support/firewall_cases.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

PacketFilter read(std::string_view path, std::string_view text) {
    IptablesState state;
    state.restore(path, text);
    return state.filter();
}

Admission judge(std::string_view text) {
    return admittance(read("rules", text), {22}, {"eth0"}).who;
}

TEST_CASE("iptables: own cases") { judge_firewall_cases("iptables", read); }

TEST_CASE("iptables: real files, every fact") {
    for (const auto& fixture : fixtures_of_kind("iptables-save")) {
        CAPTURE(fixture.name);
        IptablesState state;
        state.restore(fixture.name, fixture.text);
        const auto& expected = fixture.expected;

        auto tables = nlohmann::json::array();
        for (const auto& table : state.tables()) tables.push_back(table.name);
        std::sort(tables.begin(), tables.end());
        CHECK(tables == expected["tables"]);

        auto policies = nlohmann::json::object();
        std::size_t rules = 0, input_rules = 0;
        for (const auto& table : state.tables()) {
            if (table.name != "filter") continue;
            for (const auto& [name, chain] : table.chains) {
                if (chain.policy && chain.policy != "-") policies[name] = *chain.policy;
                rules += chain.rules.size();
                if (name == "INPUT") input_rules = chain.rules.size();
            }
        }
        CHECK(policies == expected["filter_policies"]);
        CHECK(rules == expected["filter_rule_count"]);
        CHECK(input_rules == expected["input_rule_count"]);

        const auto filter = state.filter();
        CHECK(filter.problems.empty() == expected["iptables_restore_test_ok"].get<bool>());
        const auto who = admittance(filter, {22}, {"eth0"}).who;
        CHECK((who == Admission::everyone) == (expected["new_tcp22_from_internet"] == "ACCEPT"));
        CHECK(who != Admission::unknown);
    }
}

TEST_CASE("iptables: the admitted networks and the decisive lines are named") {
    const auto found = admittance(
        read("rules",
             "*filter\n:INPUT DROP [0:0]\n-A INPUT -s 192.168.77.0/24 -p tcp --dport 22 -j "
             "ACCEPT\n-A INPUT -s 198.51.100.7 -j ACCEPT\n-A INPUT -s 10.0.0.0/8 -p udp -j "
             "ACCEPT\n-A INPUT -i lo -s 127.0.0.1 -j ACCEPT\nCOMMIT\n"),
        {22}, {"eth0"});
    CHECK(found.who == Admission::some_sources);
    REQUIRE(found.sources.size() == 2);
    CHECK(to_text(found.sources[0]) == "192.168.77.0/24");
    CHECK(to_text(found.sources[1]) == "198.51.100.7");
    REQUIRE(found.because.size() == 3);
    CHECK(found.because[0].where == "rules:2");
    CHECK(found.because[0].text == ":INPUT DROP [0:0]");
    CHECK(found.because[1].where == "rules:3");
}

TEST_CASE("iptables: an interface that would do is named") {
    const auto found =
        admittance(read("rules",
                        "*filter\n:INPUT DROP [0:0]\n-A INPUT -i ens192 -j ACCEPT\n-A "
                        "INPUT -i lo -j ACCEPT\nCOMMIT\n"),
                   {22}, {"eth0"});
    CHECK(found.who == Admission::nobody);
    CHECK(found.interfaces == std::vector<std::string>{"ens192"});
    REQUIRE(found.because.size() == 2);
    CHECK(found.because[1].where == "rules:3");
}

TEST_CASE("iptables: commands in order, as a script gives them") {
    const auto run = [](std::vector<std::string> lines) {
        IptablesState state;
        for (const auto& line : lines) state.run(*quoted_words(line), {"script", line});
        return admittance(state.filter(), {22}, {"eth0"}).who;
    };
    CHECK(run({"-P INPUT DROP", "-A INPUT -p tcp --dport 22 -j ACCEPT"}) == Admission::everyone);
    CHECK(run({"-A INPUT -j DROP", "-A INPUT -p tcp --dport 22 -j ACCEPT"}) == Admission::nobody);
    CHECK(run({"-A INPUT -j DROP", "-I INPUT -p tcp --dport 22 -j ACCEPT"}) == Admission::everyone);
    CHECK(run({"-A INPUT -j DROP", "-I INPUT 2 -p tcp --dport 22 -j ACCEPT"}) == Admission::nobody);
    CHECK(run({"-A INPUT -j DROP", "-D INPUT -j DROP"}) == Admission::everyone);
    CHECK(run({"-A INPUT -j DROP", "-D INPUT 1"}) == Admission::everyone);
    CHECK(run({"-A INPUT -j DROP", "-F"}) == Admission::everyone);
    CHECK(run({"-P INPUT DROP", "-F", "-X"}) == Admission::nobody);
    CHECK(run({"-N ssh", "-A ssh -j DROP",
               "--append INPUT --protocol tcp --dport=22 --jump ssh"}) == Admission::nobody);
    CHECK(run({"-t raw -A PREROUTING -ptcp -jDROP"}) == Admission::nobody);
    CHECK(run({"-A INPUT -p tcp --tcp-option 64 -j DROP"}) == Admission::everyone);
    CHECK(run({"-A INPUT -p tcp ! --tcp-option 2 -j DROP"}) == Admission::everyone);
    CHECK(run({"-A INPUT -p tcp --tcp-option 2 -j DROP"}) == Admission::nobody);
    CHECK(run({"-A INPUT -p tcp --tcp-option 8 -j DROP"}) == Admission::unknown);
    CHECK(run({"-t mangle -A PREROUTING -p tcp -m conntrack --ctstate NEW -m tcpmss ! --mss "
               "536:65535 -j DROP"}) == Admission::everyone);
    CHECK(run({"-A INPUT -p tcp -m tcpmss --mss 1: -j DROP"}) == Admission::nobody);
    CHECK(run({"-A INPUT -p tcp -m tcpmss --mss 1:1400 -j DROP"}) == Admission::unknown);
    CHECK(run({"-A INPUT -p tcp -m string --string \"GET /w00t\" --algo bm --to 70 -j DROP"}) ==
          Admission::everyone);
    CHECK(run({"-A INPUT -p tcp -m string --string \"E\" --algo bm -j DROP"}) ==
          Admission::unknown);
    CHECK(run({"-A INPUT -p tcp -m string --algo bm --hex-string \"|47455420|\" -j DROP"}) ==
          Admission::unknown);
    CHECK(run({"-A INPUT -m physdev --physdev-in vnet0 -j DROP"}) == Admission::unknown);
    CHECK(run({"-A INPUT -m physdev ! --physdev-in vnet0 -j DROP"}) == Admission::unknown);
    CHECK(run({"-A INPUT -m physdev --physdev-out vnet0 -j DROP"}) == Admission::everyone);
    CHECK(run({"-A INPUT -m helper --helper ftp -j DROP"}) == Admission::everyone);
    CHECK(run({"-A INPUT -j DROP", "-D INPUT 7"}) == Admission::unknown);
    CHECK(run({"-A INPUT -j ssh"}) == Admission::unknown);
}

TEST_CASE("iptables: hostile files end soon and never pass by accident") {
    CHECK(judge("*filter\n:INPUT DROP\n\xff\xfe\nCOMMIT\n") == Admission::unknown);
    CHECK(judge("*filter\r\n:INPUT DROP\r\nCOMMIT\r\n") == Admission::unknown);
    CHECK(judge("*filter\n-A INPUT -m comment --comment \"open\nCOMMIT\n") == Admission::unknown);
    CHECK(judge("*filter\n-A\n-A INPUT -s\n-A INPUT -j\n-I INPUT 99\nCOMMIT\n") ==
          Admission::unknown);

    std::string deep = "*filter\n:INPUT DROP\n";
    for (int i = 0; i < 10000; ++i) deep += ":c" + std::to_string(i) + " -\n";
    deep += "-A INPUT -j c0\n";
    for (int i = 0; i < 9999; ++i)
        for (int twice = 0; twice < 2; ++twice)
            deep += "-A c" + std::to_string(i) + " -j c" + std::to_string(i + 1) + "\n";
    CHECK(judge(deep + "COMMIT\n") == Admission::unknown);

    std::string wide = "*filter\n:INPUT DROP\n";
    for (int i = 0; i < 40000; ++i)
        wide += "-A INPUT -s " + std::to_string(1 + i % 200) + "." + std::to_string(i % 256) + "." +
                std::to_string(i / 256) + ".0/24 -p tcp --dport 22 -j ACCEPT\n";
    CHECK(judge(wide + "COMMIT\n") == Admission::some_sources);
}

}  // namespace
}  // namespace guestprep
