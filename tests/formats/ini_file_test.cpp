// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ini_file.h"

#include "agent/formats/ip_text.h"
#include "agent/formats/networkd.h"
#include "agent/formats/nm_keyfile.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"
#include "tests/support/json_facts.h"

namespace guestprep {
namespace {

TEST_CASE("keyfile: real profiles say what the collection knows of them") {
    for (const auto& [name, text, expected] : fixtures_of_kind("nm-keyfile")) {
        INFO(name);
        const IniFile file(text);
        CHECK(file.str() == text);
        const auto read = read_nm_profile(file);
        CHECK(json_of(read.id) == expected["id"]);
        CHECK(json_of(read.uuid) == expected["uuid"]);
        CHECK(json_of(read.type) == expected["type"]);
        CHECK(json_of(read.interface_name) == expected["interface_name"]);
        CHECK(json_of(read.mac_address) == expected["mac_address"]);
        CHECK(read.mac_address.has_value() == expected["mac_pinned"]);
        CHECK(json_of(read.master) == expected["master"]);
        CHECK(json_of(read.slave_type) == expected["slave_type"]);
        CHECK(read.autoconnect == expected["autoconnect"]);
        CHECK(json_of(read.ipv4_method) == expected["ipv4_method"]);
        CHECK(json_of(read.ipv6_method) == expected["ipv6_method"]);
        CHECK(json_of(read.ipv4_gateway) == expected["ipv4_gateway"]);
        CHECK(json_of(read.ipv4_address_values) == expected["ipv4_address_values"]);
        CHECK((read.ipv4_mode == "static") == expected["static_ipv4_configured"]);
        const nlohmann::json mode = read.ipv4_mode;
        CHECK((read.ipv4_mode.empty() ? nlohmann::json(nullptr) : mode) == expected["ipv4_mode"]);
    }
}

TEST_CASE("networkd: real .network files say what the collection knows of them") {
    for (const auto& [name, text, expected] : fixtures_of_kind("networkd")) {
        INFO(name);
        const IniFile file(text, IniDialect::systemd);
        CHECK(file.str() == text);
        CHECK(json_of(file.before_first_section()) == expected["lines_before_first_section"]);
        const auto read = read_network({file});
        CHECK(json_of(read.addresses) == expected["addresses"]);
        CHECK(json_of(read.gateways) == expected["gateways"]);
        CHECK(json_of(read.bridge) == expected["bridge"]);
        CHECK(json_of(read.dhcp) == expected["dhcp"]);
        CHECK(read.dhcp4 == expected["dhcp4"]);
        CHECK((read.match.macs.empty() ? nlohmann::json(nullptr) : json_of(read.match.macs)) ==
              expected["match_mac"]);
        CHECK(nlohmann::json(read.match.names.at(0)) == expected["match_name"]);
        CHECK((!read.dhcp4 && !read.addresses.empty()) == expected["static_ipv4_configured"]);
    }
}

TEST_CASE("ini: an edit changes one line, whatever the line endings") {
    IniFile file("# x\r\n[ipv4]\r\nmethod = manual\r\naddress1=192.0.2.1/24\r\n\r\n[ipv6]\r\n");
    file.set("ipv4", "method", "auto");
    file.comment_out("ipv4", "address1");
    file.set("ipv4", "may-fail", "false");
    CHECK(file.str() ==
          "# x\r\n[ipv4]\r\nmethod = auto\r\n#address1=192.0.2.1/24\r\nmay-fail=false\r\n\r\n"
          "[ipv6]\r\n");
    file.set("link", "a", "b");
    CHECK(file.value("link", "a") == "b");
}

TEST_CASE("ini: systemd joins lines and knows two comment signs, keyfiles do not") {
    const std::string text = "[Match]\n;Name=a\nName=eth0 \\\n# between\n  ens5\n";
    const IniFile unit(text, IniDialect::systemd);
    CHECK(unit.value("Match", "Name") == "eth0  ens5");
    CHECK(unit.str() == text);
    IniFile edited = unit;
    edited.set("Match", "Name", "*");
    CHECK(edited.str() == "[Match]\n;Name=a\nName=*\n");
    CHECK(IniFile("[a]\nk=v\\\nl=w\n").value("a", "l") == "w");
}

TEST_CASE("networkd: matching and DHCP as they are written over the years") {
    const auto dhcp = [](const char* value) {
        return read_network({IniFile(std::string("[Network]\nDHCP=") + value, IniDialect::systemd)})
            .dhcp4;
    };
    CHECK(dhcp("yes"));
    CHECK(dhcp("ipv4"));
    CHECK(dhcp("both"));
    CHECK_FALSE(dhcp("ipv6"));
    CHECK_FALSE(dhcp("no"));
    CHECK(networkd_list_matches({"en*", "eth*"}, "eth0"));
    CHECK_FALSE(networkd_list_matches({"!eth0"}, "eth0"));
    CHECK(networkd_list_matches({"!eth0"}, "eth1"));
    CHECK_FALSE(networkd_list_matches({"wl*"}, "eth0"));
}

TEST_CASE("networkd: a drop-in lays itself over the file") {
    const auto read = read_network(
        {IniFile("[Match]\nName=eth0\n[Network]\nAddress=192.0.2.1/24\n", IniDialect::systemd),
         IniFile("[Network]\nAddress=\nDHCP=yes\n", IniDialect::systemd)});
    CHECK(read.addresses.empty());
    CHECK(read.dhcp4);
}

TEST_CASE("keyfile: no secret comes out of one") {
    const auto read = read_nm_profile(IniFile(
        "[connection]\nid=x\ntype=wifi\n[wifi-security]\npsk=geheim\n[802-1x]\npassword=p\n"));
    CHECK(read.id == "x");
    CHECK_FALSE(read.is_ethernet);
    CHECK(is_ignored_keyfile("eth0.nmconnection~"));
    CHECK(is_ignored_keyfile(".eth0.swp"));
    CHECK_FALSE(is_ignored_keyfile("Wired connection 1"));
}

TEST_CASE("ini: hostile text is taken as it is") {
    for (const std::string& text :
         {std::string("[a\0]\n=x\n", 8), std::string(1 << 20, '['), std::string("]\n[]\n=\n[x\n"),
          std::string("[a]\nk=\\"), std::string("\xEF\xBB\xBF[a]\nk=v")}) {
        CHECK(IniFile(text, IniDialect::systemd).str() == text);
        CHECK(IniFile(text).str() == text);
    }
    CHECK(IniFile("\xEF\xBB\xBF[a]\nk=v").value("a", "k") == "v");
}

TEST_CASE("addresses: text that is one and text that is not") {
    CHECK(is_ipv4("192.0.2.1"));
    CHECK_FALSE(is_ipv4("192.168.your.ip"));
    CHECK_FALSE(is_ipv4("1.2.3.256"));
    CHECK(prefix_of_netmask("255.254.0.0") == 15U);
    CHECK(prefix_of_netmask("255.255.255.255") == 32U);
    CHECK_FALSE(prefix_of_netmask("255.0.255.0"));
    CHECK(is_ipv6_global("2001:db8::1/64"));
    CHECK_FALSE(is_ipv6_global("fe80::1"));
    CHECK_FALSE(is_ipv6_global("::1/128"));
    CHECK(is_ipv6_global("fd00::1"));
    CHECK(is_mac("00:0c:29:AB:cd:ef"));
    CHECK_FALSE(is_mac("00:0c:29"));
}

}  // namespace
}  // namespace guestprep
