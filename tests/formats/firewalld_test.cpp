// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/firewalld.h"

#include "agent/formats/admittance.h"
#include "agent/formats/firewalld_xml.h"
#include "agent/formats/shell_assignments.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

FirewalldFile zone(std::string name, const std::string& body, const std::string& attributes = "") {
    return {name, "/etc/firewalld/zones/" + name + ".xml",
            "<?xml version=\"1.0\"?>\n<zone" + attributes + ">\n" + body + "</zone>\n"};
}

FirewalldConfiguration configuration(std::vector<FirewalldFile> zones) {
    FirewalldConfiguration out;
    out.default_zone_place = {"/etc/firewalld/firewalld.conf:6", "DefaultZone=public"};
    out.zones = std::move(zones);
    out.services = {{"ssh", "ssh.xml", "<service><port protocol=\"tcp\" port=\"22\"/></service>"},
                    {"web", "web.xml", "<service><port protocol=\"tcp\" port=\"80\"/></service>"},
                    {"both", "both.xml",
                     "<service><include service=\"web\"/><include service=\"ssh\"/></service>"},
                    {"loop", "loop.xml", "<service><include service=\"loop\"/></service>"}};
    return out;
}

Admittance judge(const FirewalldConfiguration& given) {
    return admittance(firewalld_filter(given), {22}, {"eth0"});
}
Admission with_public(const std::string& body, const std::string& attributes = "") {
    return judge(configuration({zone("public", body, attributes)})).who;
}
std::string rich(const std::string& inner, const std::string& attributes = "") {
    return "<rule" + attributes + ">" + inner + "</rule>\n";
}

TEST_CASE("firewalld: services, ports and protocols of the default zone") {
    CHECK(with_public("<service name=\"ssh\"/>\n") == Admission::everyone);
    CHECK(with_public("<service name=\"both\"/>\n") == Admission::everyone);
    CHECK(with_public("<service name=\"web\"/><service name=\"loop\"/><service name=\"gone\"/>") ==
          Admission::nobody);
    CHECK(with_public("<port port=\"22\" protocol=\"tcp\"/>") == Admission::everyone);
    CHECK(with_public("<port port=\"20-25\" protocol=\"tcp\"/>") == Admission::everyone);
    CHECK(with_public("<port port=\"22\" protocol=\"udp\"/>") == Admission::nobody);
    CHECK(with_public("<protocol value=\"tcp\"/>") == Admission::everyone);
    CHECK(with_public("<source-port port=\"1024-65535\" protocol=\"tcp\"/>") ==
          Admission::everyone);
    CHECK(with_public("") == Admission::nobody);
    CHECK(with_public("", " target=\"ACCEPT\"") == Admission::everyone);
    CHECK(with_public("<service name=\"ssh\"/>", " target=\"DROP\"") == Admission::everyone);
    CHECK(with_public("<forward-port port=\"22\" protocol=\"tcp\" to-port=\"2222\"/>"
                      "<service name=\"ssh\"/>") == Admission::unknown);
}

TEST_CASE("firewalld: the decisive line is named") {
    const auto found = judge(configuration({zone("public", "<service name=\"web\"/>\n")}));
    REQUIRE_FALSE(found.because.empty());
    CHECK(found.because[0].where == "/etc/firewalld/zones/public.xml:2");
    const auto open =
        judge(configuration({zone("public", "<short>x</short>\n<service name=\"ssh\"/>\n")}));
    CHECK(open.because.at(0).where == "/etc/firewalld/zones/public.xml:4");
}

TEST_CASE("firewalld: rich rules deny before they allow, but for their priority") {
    const std::string reject = rich("<service name=\"ssh\"/><reject/>");
    const std::string accept =
        rich("<service name=\"ssh\"/><accept><limit value=\"3/m\"/></accept>");
    CHECK(with_public(accept) == Admission::everyone);
    CHECK(with_public(accept + reject) == Admission::nobody);
    CHECK(with_public("<service name=\"ssh\"/>" + reject) == Admission::nobody);
    CHECK(with_public(rich("<port port=\"22\" protocol=\"tcp\"/><accept/>", " priority=\"-1\"") +
                      reject) == Admission::everyone);
    CHECK(with_public("<service name=\"ssh\"/>" + rich("<drop/>", " priority=\"5\"")) ==
          Admission::everyone);
    CHECK(with_public(rich("<service name=\"ssh\"/><log/>")) == Admission::nobody);
}

TEST_CASE("firewalld: sources of rich rules") {
    const auto from = [](const std::string& attributes, const std::string& family = "ipv4") {
        return rich("<source " + attributes + "/><service name=\"ssh\"/><accept/>",
                    " family=\"" + family + "\"");
    };
    CHECK(with_public(from("address=\"192.168.77.0/24\"")) == Admission::some_sources);
    CHECK(with_public(from("address=\"192.168.77.0/24\" invert=\"True\"")) == Admission::everyone);
    CHECK(with_public(from("address=\"0.0.0.0/0\"")) == Admission::everyone);
    CHECK(with_public(from("address=\"fe80::/10\"", "ipv6")) == Admission::nobody);
    CHECK(with_public(from("mac=\"00:11:22:33:44:55\"")) == Admission::nobody);
    CHECK(with_public(from("ipset=\"friends\"")) == Admission::unknown);
    auto given = configuration({zone("public", from("ipset=\"friends\""))});
    given.ipsets = {
        {"friends", "friends.xml", "<ipset type=\"hash:net\"><entry>10.0.0.0/8</entry></ipset>"}};
    CHECK(judge(given).who == Admission::some_sources);
}

TEST_CASE(
    "firewalld: a packet's zone comes from its source, then its interface, then the default") {
    const auto trusted = [](const std::string& body) {
        return zone("trusted", body, " target=\"ACCEPT\"");
    };
    const auto open = zone("public", "<service name=\"ssh\"/>");
    const auto shut = zone("public", "");
    CHECK(judge(configuration({shut, trusted("<source address=\"10.0.0.0/8\"/>")})).who ==
          Admission::some_sources);
    CHECK(judge(configuration({open, zone("drop", "<source address=\"0.0.0.0/0\"/>")})).who ==
          Admission::nobody);

    // Who announces the interface decides, and what it will say is not in the zone's file.
    auto given = configuration({open, zone("drop", "<interface name=\"eth0\"/>")});
    CHECK(judge(given).who == Admission::unknown);
    given.interfaces_are_announced = false;
    CHECK(judge(given).who == Admission::nobody);
    given = configuration({open, zone("drop", "<interface name=\"ens192\"/>")});
    CHECK(judge(given).who == Admission::everyone);
    given.bindings = {
        {"eth0", "drop", {"/etc/sysconfig/network-scripts/ifcfg-eth0:7", "ZONE=drop"}}};
    CHECK(judge(given).who == Admission::nobody);
    given.bindings[0].certain = false;
    CHECK(judge(given).who == Admission::unknown);
    given.bindings = {{"*", "drop", {}}};
    CHECK(judge(given).who == Admission::nobody);

    given = configuration({open});
    given.default_zone = "gone";
    CHECK(judge(given).who == Admission::unknown);
}

TEST_CASE("firewalld: policies to the host come before or after the zone") {
    const auto policy = [](const std::string& ingress, const std::string& priority,
                           const std::string& body, const std::string& target = "CONTINUE") {
        return FirewalldFile{"p", "/etc/firewalld/policies/p.xml",
                             "<policy target=\"" + target + "\" priority=\"" + priority +
                                 "\"><ingress-zone name=\"" + ingress +
                                 "\"/><egress-zone name=\"HOST\"/>" + body + "</policy>"};
    };
    const auto who = [&](const FirewalldFile& file, const std::string& body) {
        auto given = configuration({zone("public", body)});
        given.policies = {file};
        return judge(given).who;
    };
    const std::string ssh = "<service name=\"ssh\"/>";
    CHECK(who(policy("ANY", "-10", ssh), "") == Admission::everyone);
    CHECK(who(policy("public", "10", ssh), "") == Admission::everyone);
    CHECK(who(policy("work", "-10", ssh), "") == Admission::nobody);
    CHECK(who(policy("ANY", "-10", "", "DROP"), ssh) == Admission::nobody);
    CHECK(who(policy("ANY", "10", "", "DROP"), ssh) == Admission::everyone);
    CHECK(who(policy("ANY", "-15000", rich("<icmp-type name=\"x\"/><accept/>", " family=\"ipv6\"")),
              ssh) == Admission::everyone);
}

TEST_CASE("firewalld: direct rules") {
    const auto who = [](const std::string& rule, const std::string& body, bool nftables) {
        auto given = configuration({zone("public", body)});
        given.with_nftables = nftables;
        given.direct = FirewalldFile{"direct", "/etc/firewalld/direct.xml",
                                     "<direct>\n" + rule + "\n</direct>\n"};
        return judge(given).who;
    };
    const std::string ssh = "<service name=\"ssh\"/>";
    const auto direct = [](const std::string& arguments) {
        return "<rule ipv=\"ipv4\" table=\"filter\" chain=\"INPUT\" priority=\"0\">" + arguments +
               "</rule>";
    };
    CHECK(who(direct("-p tcp --dport 22 -j DROP"), ssh, true) == Admission::nobody);
    CHECK(who(direct("-p tcp --dport 22 -j DROP"), ssh, false) == Admission::nobody);
    // With nftables an accept in iptables does not keep firewalld's own table from rejecting.
    CHECK(who(direct("-p tcp --dport 22 -j ACCEPT"), "", true) == Admission::nobody);
    CHECK(who(direct("-p tcp --dport 22 -j ACCEPT"), "", false) == Admission::everyone);
    CHECK(who("<passthrough ipv=\"ipv4\">-I INPUT -j DROP</passthrough>", ssh, true) ==
          Admission::unknown);
    CHECK(who("<rule ipv=\"ipv6\" table=\"filter\" chain=\"INPUT\">-j DROP</rule>", ssh, true) ==
          Admission::everyone);
}

TEST_CASE("firewalld: broken and hostile files") {
    auto given = configuration({{"public", "public.xml", "<zone><service name=\"ssh\"/>"}});
    CHECK(judge(given).who == Admission::unknown);
    given =
        configuration({zone("public", "<service name=\"ssh\"/>"), {"home", "home.xml", "\xff<"}});
    CHECK(judge(given).who == Admission::everyone);
    given.services[0].text = "<html/>";
    CHECK(judge(given).who == Admission::unknown);

    std::string wide, deep;
    for (int i = 0; i < 20000; ++i) wide += "<service name=\"wide\"/>\n";
    given = configuration({zone("public", wide)});
    std::string ports = "<service>";
    for (int i = 0; i < 20000; ++i) ports += "<port port=\"80\" protocol=\"tcp\"/>\n";
    given.services.push_back({"wide", "wide.xml", ports + "</service>"});
    CHECK(judge(given).who == Admission::unknown);
    for (int i = 0; i < 100000; ++i) deep += "<rule>";
    CHECK(with_public(deep) == Admission::unknown);
}

TEST_CASE("firewalld: real files, every fact") {
    for (const auto& fixture : fixtures_of_kind("firewalld-zone")) {
        CAPTURE(fixture.name);
        const auto read = read_firewalld_zone("public", fixture.name, fixture.text);
        REQUIRE(read);
        nlohmann::json services = nlohmann::json::array(), ports = services, sources = services;
        for (const auto& element : read->elements) {
            if (element.kind == "service") services.push_back(element.value);
            if (element.kind == "port") ports.push_back(element.value + "/" + element.protocol);
        }
        for (const auto& source : read->sources) sources.push_back(source.address);
        CHECK(read->interfaces == fixture.expected["interfaces"].get<std::vector<std::string>>());
        CHECK(services == fixture.expected["services"]);
        CHECK(ports == fixture.expected["ports"]);
        CHECK(sources == fixture.expected["sources"]);
        CHECK(read->rules.size() == fixture.expected["rich_rules"]);
        const auto& target = fixture.expected["target"];
        CHECK(read->target == (target.is_null() ? "" : target.get<std::string>()));
        auto given = configuration({{"public", fixture.name, fixture.text}});
        const auto who = judge(given).who;
        CHECK((who == Admission::everyone) == fixture.expected["ssh_22_allowed"].get<bool>());
        CHECK(who != Admission::unknown);
    }
    for (const auto& fixture : fixtures_of_kind("firewalld-conf")) {
        CAPTURE(fixture.name);
        const auto settings = ShellAssignments::parse(fixture.text);
        CHECK(settings.value("DefaultZone") == fixture.expected["DefaultZone"].get<std::string>());
        CHECK(settings.value("CleanupOnExit") ==
              fixture.expected["CleanupOnExit"].get<std::string>());
    }
}

}  // namespace
}  // namespace guestprep
