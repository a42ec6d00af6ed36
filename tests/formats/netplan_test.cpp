// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/netplan.h"

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"
#include "tests/support/json_facts.h"

namespace guestprep {
namespace {

using Json = nlohmann::json;

Netplan plan_of(std::string_view text) {
    Netplan plan;
    const auto root = parse_yaml(text);
    REQUIRE(root);
    plan.add("/etc/netplan/x.yaml", *root);
    return plan;
}

TEST_CASE("netplan: real files say what the collection knows of them") {
    for (const auto& [name, text, expected] : fixtures_of_kind("netplan")) {
        INFO(name);
        const auto root = parse_yaml(text);
        CHECK(root.has_value() == expected["yaml_parses"]);
        Netplan plan;
        plan.add("x", *root);
        auto interfaces = Json::object();
        auto macs = Json::array(), set_names = Json::array();
        auto dhcp = Json::array(), fixed = Json::array();
        for (const auto& it : plan.definitions) {
            interfaces[it.id] = {{"section", it.section},
                                 {"dhcp4", it.dhcp4.value_or(false)},
                                 {"addresses", it.addresses},
                                 {"ipv4_gateways", it.ipv4_gateways}};
            if (it.match_mac) macs.push_back(*it.match_mac);
            if (it.set_name) set_names.push_back(Json::array({it.id, *it.set_name}));
            if (it.dhcp4.value_or(false)) dhcp.push_back(it.id);
            if (!it.dhcp4.value_or(false) && it.id != "lo" && it.section != "tunnels" &&
                it.has_ipv4_address())
                fixed.push_back(it.id);
        }
        CHECK(interfaces == expected["interfaces"]);
        CHECK(macs == expected["match_macaddresses"]);
        CHECK(set_names == expected["set_names"]);
        CHECK(dhcp == expected["dhcp4_interfaces"]);
        CHECK(fixed == expected["static_ipv4_interfaces"]);
        CHECK(!fixed.empty() == expected["static_ipv4_configured"].get<bool>());
        CHECK(json_of(plan.invalid_addresses()) == expected["invalid_addresses"]);
        CHECK(json_of(plan.renderer) == expected["renderer"]);
        if (expected["netplan_0_106_accepts"].get<bool>()) CHECK(plan.problems.empty());
    }
}

TEST_CASE("netplan: a later file replaces values and adds to lists") {
    auto plan = plan_of(
        "network:\n  ethernets:\n    a:\n      dhcp4: false\n      addresses: [192.0.2.1/24]\n");
    plan.add("/etc/netplan/y.yaml",
             *parse_yaml("network:\n  ethernets:\n    a:\n      dhcp4: true\n      addresses:\n"
                         "      - 192.0.2.2/24:\n          label: x\n"));
    REQUIRE(plan.definitions.size() == 1);
    CHECK(plan.definitions[0].dhcp4 == true);
    CHECK(plan.definitions[0].dhcp4_at == "/etc/netplan/y.yaml:4");
    CHECK(plan.definitions[0].addresses ==
          std::vector<std::string>{"192.0.2.1/24", "192.0.2.2/24"});
    CHECK(plan.problems.empty());
}

TEST_CASE("netplan: what it would refuse is told with its line") {
    CHECK(plan_of("network:\n  ethernets:\n    a:\n      dhcp4: maybe\n").problems.at(0).at ==
          "/etc/netplan/x.yaml:4");
    CHECK(
        plan_of("network:\n  ethernets:\n    a:\n      addresses: [192.0.2.1]\n").problems.size() ==
        1);
    CHECK(plan_of("netwrk: {}\n").problems.size() == 1);
    CHECK(plan_of("").problems.empty());
}

TEST_CASE("netplan: anchors stand for what they name") {
    const auto plan = plan_of(
        "network:\n  ethernets:\n    a: &x\n      dhcp4: yes\n    b: *x\n    c: {dhcp4: off}\n");
    REQUIRE(plan.definitions.size() == 3);
    CHECK(plan.find("b")->dhcp4 == true);
    CHECK(plan.find("c")->dhcp4 == false);
}

TEST_CASE("yaml: a tab is an error with its line") {
    const auto root = parse_yaml("network:\n  ethernets:\n\teth0: {}\n");
    REQUIRE_FALSE(root);
    CHECK(root.error().code == Errc::bad_syntax);
    CHECK(root.error().message.starts_with("line 3: "));
}

TEST_CASE("yaml: bombs, depth and junk end in an error, soon") {
    std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
    for (int i = 1; i < 12; ++i) {
        const auto before = "*a" + std::to_string(i - 1);
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int k = 0; k < 10; ++k) bomb += before + (k < 9 ? "," : "]\n");
    }
    CHECK(parse_yaml(bomb).error().code == Errc::too_large);
    CHECK(parse_yaml(std::string(100'000, '[')).error().code == Errc::too_large);
    CHECK(parse_yaml(std::string(1000, '{')).error().code == Errc::too_large);
    CHECK_FALSE(parse_yaml("a: &x [*x]\n"));
    CHECK_FALSE(parse_yaml("a: *nobody\n"));
    CHECK_FALSE(parse_yaml(std::string("a: \0b\n", 6)));
    CHECK_FALSE(parse_yaml("\xFF\xFE\xFF"));
    CHECK_FALSE(parse_yaml(std::string(std::size_t{5} << 20, 'x')));
    CHECK_FALSE(parse_yaml("a: 'open\n"));
    CHECK(parse_yaml("network:\r\n  version: 2\r\n")->find("network")->value.scalar("version") ==
          "2");
    CHECK(parse_yaml("? [a, b]\n: c\n"));
}

}  // namespace
}  // namespace guestprep
