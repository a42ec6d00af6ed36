// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/nft_ruleset.h"

#include "agent/formats/admittance.h"
#include "tests/support/catch.h"
#include "tests/support/firewall_cases.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

NftRuleset ruleset_of(
    std::string_view path, std::string_view text,
    const NftInclude& include = [](std::string_view) { return std::nullopt; }) {
    return read_nft(read_nft_tokens(path, text, include));
}

PacketFilter read(std::string_view path, std::string_view text) {
    return filter_of(ruleset_of(path, text));
}

Admission judge(std::string_view text) { return admittance(read("nft", text), {22}, {"eth0"}).who; }

constexpr std::string_view kInput =
    "table inet filter {\nchain input {\ntype filter hook input priority 0; policy drop;\n";

TEST_CASE("nftables: own cases") { judge_firewall_cases("nftables", read); }

TEST_CASE("nftables: real files, every fact") {
    for (const auto& fixture : fixtures_of_kind("nftables-conf")) {
        CAPTURE(fixture.name);
        const auto ruleset = ruleset_of(fixture.name, fixture.text);
        auto tables = nlohmann::json::array();
        nlohmann::json policy;
        for (const auto& table : ruleset.tables) {
            tables.push_back(table.family + " " + table.name);
            for (const auto& chain : table.chains)
                for (const auto& word : chain.base)
                    if (word.is("input")) policy = chain.policy.empty() ? "accept" : chain.policy;
        }
        CHECK(tables == fixture.expected["tables"]);
        CHECK(policy == fixture.expected["input_policy"]);
        const auto filter = filter_of(ruleset);
        CHECK(filter.problems.empty() == fixture.expected["nft_1_0_6_check_ok"].get<bool>());
        const auto verdict = fixture.expected["ssh_22_verdict_ipv4_new"].get<std::string>();
        const auto who = admittance(filter, {22}, {"eth0"}).who;
        CHECK((who == Admission::everyone) == verdict.starts_with("accept"));
        CHECK(who != Admission::unknown);
    }
}

TEST_CASE("nftables: includes are read where they stand") {
    std::vector<std::string> asked;
    const NftInclude include = [&](std::string_view pattern)
        -> std::optional<std::vector<std::pair<std::string, std::string>>> {
        asked.emplace_back(pattern);
        if (pattern == "/etc/nft.d/*.nft")
            return std::vector<std::pair<std::string, std::string>>{
                {"/etc/nft.d/10.nft", "define ssh = 2222\n"},
                {"/etc/nft.d/20.nft", "add rule inet filter input tcp dport $ssh accept\n"}};
        if (pattern == "loop")
            return std::vector<std::pair<std::string, std::string>>{{"loop", "include \"loop\"\n"}};
        return std::nullopt;
    };
    const auto who = [&](std::string_view text) {
        return admittance(filter_of(ruleset_of("nft", text, include)), {2222}, {"eth0"});
    };
    const auto found = who(std::string(kInput) + "}\n}\ninclude \"/etc/nft.d/*.nft\"\n");
    CHECK(found.who == Admission::everyone);
    CHECK(found.because.at(0).where == "/etc/nft.d/20.nft:1");
    CHECK(asked == std::vector<std::string>{"/etc/nft.d/*.nft"});
    CHECK(who("include \"/etc/missing\"\n").who == Admission::unknown);
    CHECK(who("include \"loop\"\n").who == Admission::unknown);
}

TEST_CASE("nftables: what a rule says") {
    const auto rule = [](std::string_view text) {
        return judge(std::string(kInput) + std::string(text) + "\n}\n}\n");
    };
    for (const auto* text : {"accept",
                             "tcp dport 22 accept",
                             "tcp dport ssh accept",
                             "tcp dport != 23 accept",
                             "tcp dport < 23 accept",
                             "tcp dport > 21 accept",
                             "tcp sport >= 1024 accept",
                             "th dport 22 accept",
                             "ip version 4 tcp dport 22 accept",
                             "iif != lo accept",
                             "meta iifname eth0 accept",
                             "ip saddr 0.0.0.0/0 accept",
                             "mark 0 accept",
                             "meta mark != 1 accept",
                             "ct state new,established accept",
                             "ct state != { established, related } accept",
                             "ct direction original accept",
                             "tcp flags == syn accept",
                             "tcp flags { syn, fin } accept",
                             "tcp flags ! fin accept",
                             "tcp dport 22 log group 2 snaplen 256 flags tcp sequence,options "
                             "counter name \"x\" accept",
                             "ip saddr . tcp dport != { 1.2.3.4 . 22 } drop; accept",
                             "tcp dport { 1-21, 22-23 } accept",
                             "tcp dport {22} accept",
                             "tcp dport 22 - 23 accept",
                             "fib daddr type { local, unicast } accept",
                             "ip saddr 1.2.3.4 - 1.2.3.9 drop; accept",
                             "tcp dport vmap { 22 : accept, * : drop }",
                             "ip hdrlength != 5 drop; accept",
                             "ip frag-off & 0x1fff != 0 drop; accept",
                             "ip frag-off & 0x1fff 0 accept",
                             "tcp flags syn tcp option maxseg size 1-535 drop; accept",
                             "tcp option maxseg size != 536-65535 drop; accept",
                             "tcp option maxseg size > 500 accept",
                             "tcp option maxseg size < 500 drop; accept",
                             "tcp option maxseg size set rt mtu; accept",
                             "tcp dport 22 queue; accept"}) {
        CAPTURE(text);
        const bool doubtful = std::string_view(text).find("queue") != std::string_view::npos ||
                              std::string_view(text).starts_with("ip saddr .");
        CHECK(rule(text) == (doubtful ? Admission::unknown : Admission::everyone));
    }
    for (const auto* text : {"tcp dport 23 accept",
                             "tcp dport != 22 accept",
                             "tcp dport < 22 accept",
                             "tcp dport <= 21 accept",
                             "tcp sport 22 accept",
                             "iifname lo accept",
                             "ip version 6 accept",
                             "oifname eth0 accept",
                             "mark 1 accept",
                             "ct state established accept",
                             "ct state { established, related } accept",
                             "ct status dnat accept",
                             "tcp flags & (syn|ack) == ack accept",
                             "tcp flags fin accept",
                             "tcp flags != syn accept",
                             "udp dport 22 accept",
                             "limit rate over 1/second accept",
                             "meta skuid 0 accept",
                             "tcp dport 22 return",
                             "continue",
                             "counter",
                             "tcp dport { 1-21, 23 } accept",
                             "tcp dport vmap { 23 : accept }",
                             "ip protocol { udp, icmp } accept",
                             "ip frag-off & 0x2000 == 0x2000 accept",
                             "tcp option maxseg size { 1-100, 200 } accept",
                             "ether saddr 00:01:02:03:04:05 accept"}) {
        CAPTURE(text);
        CHECK(rule(text) == Admission::nobody);
    }
    for (const auto* text :
         {"ip ttl 64 accept", "ip frag-off & 0x5fff == 0 accept", "ip frag-off != 0 accept",
          "tcp option maxseg size 1460 accept", "tcp option maxseg size frob accept",
          "tcp dport nosuchname accept", "ip saddr & 255.0.0.0 == 10.0.0.0 accept",
          "meta time < \"2030-01-01\" accept", "limit name \"x\" accept", "jump nowhere",
          "frobnicate accept", "jump { accept; }", "ct mark set 1; meta mark 1 accept",
          "@th,16,16 22 accept"}) {
        CAPTURE(text);
        CHECK(rule(text) == Admission::unknown);
    }
}

TEST_CASE("nftables: hostile files end soon and never pass by accident") {
    CHECK(judge("table inet filter {") == Admission::everyone);  // nothing in it filters
    CHECK(judge("}}}}{{{{;;;;\"") == Admission::unknown);
    CHECK(judge(std::string("\0\xff\xfe{", 4)) == Admission::unknown);

    std::string bomb = "define a = { 1, 2, 3, 4, 5, 6, 7, 8 }\n";
    for (char c = 'b'; c <= 'z'; ++c) {
        const std::string last(1, static_cast<char>(c - 1));
        bomb += std::string("define ") + c + " = { $" + last;
        for (int i = 0; i < 9; ++i) bomb += ", $" + last;
        bomb += " }\n";
    }
    CHECK(judge(bomb) == Admission::unknown);

    std::string wide(kInput);
    for (int i = 0; i < 20000; ++i)
        wide += "ip saddr 11." + std::to_string(i / 256) + "." + std::to_string(i % 256) +
                ".0/24 tcp dport 22 accept\n";
    CHECK(judge(wide + "}\n}\n") == Admission::some_sources);

    std::string chains(kInput);
    chains += "jump c0\n}\n";
    for (int i = 0; i < 20000; ++i)
        chains += "chain c" + std::to_string(i) + " { jump c" + std::to_string(i + 1) + "; jump c" +
                  std::to_string(i + 1) + "; }\n";
    CHECK(judge(chains + "}\n") == Admission::unknown);
    CHECK(judge(std::string(1 << 20, '{')) == Admission::unknown);
    CHECK(judge(std::string(1 << 20, ';')) == Admission::unknown);
    std::string tables;
    for (int i = 0; i < 20000; ++i) tables += "table ip t" + std::to_string(i) + " { }\n";
    CHECK(judge(tables) == Admission::unknown);
}

}  // namespace
}  // namespace guestprep
