// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/interfaces.h"

#include <algorithm>

#include "agent/formats/ip_text.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"
#include "tests/support/json_facts.h"

namespace guestprep {
namespace {

using Json = nlohmann::json;

Json names(const std::vector<InterfacesWord>& words) {
    auto out = Json::array();
    for (const auto& word : words) out.push_back(word.text);
    return out;
}

Json option(const IfaceStanza& stanza, std::string_view key) {
    const auto* found = stanza.option(key);
    return found == nullptr ? Json(nullptr) : Json(found->value);
}

TEST_CASE("interfaces: real files say what the collection knows of them") {
    for (const auto& [name, text, expected] : fixtures_of_kind("interfaces")) {
        INFO(name);
        const InterfacesFile file(text);
        CHECK(file.str() == text);
        CHECK(names(file.auto_names) == expected["auto"]);
        CHECK(names(file.hotplug_names) == expected["allow_hotplug"]);
        auto all = Json::array(), dhcp = Json::array(), fixed = Json::array(),
             fixed6 = Json::array(), at_boot = Json::array(), sources = Json::array();
        for (const auto& stanza : file.stanzas) {
            all.push_back(Json::array({stanza.name, stanza.family, stanza.method}));
            if (stanza.family == "inet" && stanza.method == "dhcp") dhcp.push_back(stanza.name);
            if (stanza.family == "inet6" && stanza.method == "static")
                fixed6.push_back(stanza.name);
            if (stanza.family != "inet" || stanza.method != "static") continue;
            fixed.push_back({{"name", stanza.name},
                             {"address", option(stanza, "address")},
                             {"gateway", option(stanza, "gateway")},
                             {"netmask", option(stanza, "netmask")}});
            const auto starts = [&](const InterfacesWord& word) {
                return word.text == stanza.name;
            };
            if (std::ranges::any_of(file.auto_names, starts) ||
                std::ranges::any_of(file.hotplug_names, starts))
                at_boot.push_back(stanza.name);
        }
        for (const auto& source : file.sources) sources.push_back(source.text);
        CHECK(all == expected["ifaces"]);
        CHECK(dhcp == expected["inet_dhcp"]);
        CHECK(fixed == expected["inet_static"]);
        CHECK(fixed6 == expected["inet6_static"]);
        CHECK(at_boot == expected["static_ipv4_at_boot"]);
        CHECK(!fixed.empty() == expected["static_ipv4_configured"].get<bool>());
        CHECK(sources == expected["sources"]);
    }
}

TEST_CASE("interfaces: options belong to the stanza before them") {
    const InterfacesFile file(
        "auto eth0 \\\n  eth1\n"
        "iface eth0 inet static\n\taddress 192.0.2.1/24 # not a comment here\n#  gateway 1.1.1.1\n"
        "mapping eth1\n  script /x\n  map home\n"
        "iface home inet dhcp inherits base\n");
    CHECK(names(file.auto_names) == Json({"eth0", "eth1"}));
    REQUIRE(file.stanzas.size() == 2);
    CHECK(file.stanzas[0].line == 3);
    CHECK(file.stanzas[0].option("address")->line == 4);
    CHECK(file.stanzas[0].option("gateway") == nullptr);
    CHECK(file.stanzas[1].inherits == std::vector<std::string>{"base"});
    CHECK(names(file.mapped_names) == Json({"eth1"}));
    CHECK(file.misplaced.empty());
}

TEST_CASE("interfaces: an option with no stanza makes ifup refuse the file") {
    const InterfacesFile file("auto eth0:0\n  address 192.0.2.1\niface lo inet loopback\n");
    CHECK(file.misplaced == std::vector<std::size_t>{2});
}

TEST_CASE("interfaces: names of auto lines may be patterns") {
    CHECK(interfaces_name_matches("eth0", "eth0"));
    CHECK(interfaces_name_matches("eth0=work", "eth0"));
    CHECK(interfaces_name_matches("/en*", "ens5"));
    CHECK_FALSE(interfaces_name_matches("en*", "ens5"));
    CHECK_FALSE(interfaces_name_matches("/en*", "eth0"));
}

TEST_CASE("interfaces: an edit changes one word") {
    InterfacesFile file(
        "auto eth0\niface\teth0  inet static\n\taddress 192.0.2.1\n  gateway \\\n 1\n");
    file.set_method(file.stanzas[0], "dhcp");
    file.comment_out(*file.stanzas[0].option("address"));
    file.comment_out(*file.stanzas[0].option("gateway"));
    CHECK(file.str() ==
          "auto eth0\niface\teth0  inet dhcp\n#\taddress 192.0.2.1\n#  gateway \\\n# 1\n");
    CHECK(file.stanzas[0].options.empty());
}

TEST_CASE("interfaces: hostile text is taken as it is") {
    const std::string loop(1 << 20, '\\');
    for (const std::string& text :
         {std::string("iface\0eth0\n", 11), loop, std::string("iface\niface x\n"),
          std::string("auto\r\nsource\r\n"), std::string("\\\n\\\n\\")})
        CHECK(InterfacesFile(text).str() == text);
}

}  // namespace
}  // namespace guestprep
