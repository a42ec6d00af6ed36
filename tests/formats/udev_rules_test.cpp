// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/udev_rules.h"

#include <algorithm>

#include "agent/formats/resolv_conf.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"
#include "tests/support/json_facts.h"

namespace guestprep {
namespace {

using Json = nlohmann::json;

TEST_CASE("udev: real rules say what the collection knows of them") {
    for (const auto& [name, text, expected] : fixtures_of_kind("udev-rules")) {
        INFO(name);
        const auto rules = parse_udev_rules(text);
        const auto names = net_name_rules(rules);
        auto found = Json::array();
        for (const auto& rule : names)
            found.push_back(
                Json::array({rule.mac.empty() ? Json(nullptr) : Json(rule.mac), rule.name}));
        CHECK(found == expected["net_name_rules"]);
        CHECK(rules.size() == expected["rule_count"]);
        CHECK(std::ranges::any_of(names, [](const auto& rule) { return !rule.mac.empty(); }) ==
              expected["pins_interface_to_mac"]);
    }
}

TEST_CASE("udev: rules that name a NIC, as releases wrote them") {
    const auto names = net_name_rules(parse_udev_rules(
        "# SUBSYSTEM==\"net\", ATTR{address}==\"00:00:00:00:00:01\", NAME=\"eth1\"\n"
        "SUBSYSTEM==\"net\", ACTION==\"add\", \\\n  SYSFS{address}==\"00:0C:29:00:00:01\", \\\n"
        "  NAME=\"eth0\"\n"
        "ACTION==\"add\", SUBSYSTEM==\"net\", ATTRS{address}==\"00:0c:29:00:00:02\",NAME:=\"lan\"\n"
        "SUBSYSTEM==\"block\", ATTR{address}==\"x\", NAME=\"y\"\n"
        "SUBSYSTEM==\"net\", NAME==\"eth0\", RUN+=\"/x\"\n"
        "SUBSYSTEM==\"net\", DRIVERS==\"?*\", NAME=\"$env{ID_NET_NAME_SLOT}\"\n"));
    REQUIRE(names.size() == 3);
    CHECK(names[0].mac == "00:0c:29:00:00:01");
    CHECK(names[0].name == "eth0");
    CHECK(names[0].line == 2);
    CHECK(names[1].name == "lan");
    CHECK(names[2].mac.empty());
}

TEST_CASE("udev: hostile rules end") {
    CHECK(parse_udev_rules(std::string(1 << 20, '{')).empty());
    CHECK(parse_udev_rules("A==\"\nB{x==\"y\"\nC=\"\\\"\n=\"z\"\n").empty());
    CHECK(parse_udev_rules(std::string("KERNEL==\"a\0b\"\r\n", 14)).size() == 1);
}

TEST_CASE("resolv.conf: the real file's name servers") {
    for (const auto& fixture : fixtures_of_kind("resolv-conf"))
        CHECK(json_of(nameservers_of(fixture.text)) == fixture.expected["nameservers"]);
    CHECK(nameservers_of("#nameserver 1.1.1.1\nnameserver\t2.2.2.2 # x\nsearch a\n") ==
          std::vector<std::string>{"2.2.2.2"});
}

}  // namespace
}  // namespace guestprep
