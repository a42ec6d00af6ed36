// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ifcfg.h"

#include "tests/support/catch.h"
#include "tests/support/fixtures.h"
#include "tests/support/json_facts.h"

namespace guestprep {
namespace {

TEST_CASE("ifcfg: real files of RHEL say what the collection knows of them") {
    for (const auto& [name, text, expected] : fixtures_of_kind("ifcfg-rh")) {
        INFO(name);
        const ShellSettings file(text);
        CHECK(file.str() == text);
        CHECK(json_of(file.malformed()) == expected["malformed_line_numbers"]);
        if (expected.value("robustness_only", false)) {
            CHECK(file.has_open_quote());
            continue;
        }
        const auto read = read_ifcfg_rh(file);
        CHECK(json_of(read.device) == expected["device"]);
        CHECK(json_of(read.name) == expected["name"]);
        CHECK(json_of(read.bootproto) == expected["bootproto"]);
        CHECK(json_of(read.hwaddr) == expected["hwaddr"]);
        CHECK(read.hwaddr.has_value() == expected["mac_pinned"]);
        CHECK(json_of(read.onboot) == expected["onboot"]);
        CHECK(json_of(read.type) == expected["type"]);
        CHECK(json_of(read.master) == expected["master"]);
        CHECK(json_of(read.nm_controlled) == expected["nm_controlled"]);
        CHECK(read.ipv4_mode == expected["ipv4_mode"].get<std::string>());
        CHECK(json_of(read.ipv4_addresses) == expected["ipv4_addresses"]);
        CHECK(json_of(read.ipv4_gateways) == expected["ipv4_gateways"]);
        CHECK(json_of(read.ipv6_addresses) == expected["ipv6_addresses"]);
        CHECK(json_of(read.dns) == expected["dns"]);
        CHECK(read.dhcpv6 == expected["dhcpv6"]);
        CHECK(read.starts_at_boot == expected["activates_at_boot"]);
        CHECK(read.is_loopback == expected["is_loopback"]);
        CHECK((read.ipv4_mode == "static" && !read.is_loopback) ==
              expected["static_ipv4_configured"]);
        const auto installed = expected["_install_path"].get<std::string>();
        if (expected.value("is_backup_file_to_ignore", false)) CHECK(is_ignored_ifcfg(name));
        if (!expected.contains("is_backup_file_to_ignore"))
            CHECK_FALSE(is_ignored_ifcfg(installed));
    }
}

TEST_CASE("ifcfg: real files of SUSE say what the collection knows of them") {
    for (const auto& [name, text, expected] : fixtures_of_kind("ifcfg-suse")) {
        INFO(name);
        const ShellSettings file(text);
        CHECK(file.str() == text);
        CHECK(json_of(file.malformed()) == expected["malformed_line_numbers"]);
        const auto read = read_ifcfg_suse(file);
        CHECK(json_of(read.bootproto) == expected["bootproto"]);
        CHECK(json_of(read.startmode) == expected["startmode"]);
        CHECK(json_of(read.lladdr) == expected["lladdr"]);
        CHECK(json_of(read.etherdevice) == expected["etherdevice"]);
        CHECK(json_of(read.vlan_id) == expected["vlan_id"]);
        CHECK(read.ipv4_mode == expected["ipv4_mode"].get<std::string>());
        CHECK(json_of(read.ipv4_addresses) == expected["ipv4_addresses"]);
        CHECK(json_of(read.bond_slaves) == expected["bond_slaves"]);
        CHECK(json_of(read.bridge_ports) == expected["bridge_ports"]);
        CHECK(read.starts_at_boot == expected["starts_at_boot"]);
        CHECK(read.is_loopback == expected["is_loopback"]);
        CHECK((read.ipv4_mode == "static" && !read.is_loopback) ==
              expected["static_ipv4_configured"]);
        if (expected.value("is_backup_file_to_ignore", false)) CHECK(is_ignored_ifcfg(name));
    }
}

TEST_CASE("ifcfg: addresses, quotes and what they are told by") {
    const auto read = read_ifcfg_rh(ShellSettings(own_fixture("network/ifcfg-ens192")));
    CHECK(read.ipv4_mode == "static");
    CHECK(read.ipv4_addresses == std::vector<std::string>{"192.0.2.10/22", "198.51.100.7/24"});
    CHECK(read.ipv4_gateways == std::vector<std::string>{"192.0.2.1"});
    CHECK(read.hwaddr == "00:50:56:AA:BB:01");
    CHECK(read.dns == std::vector<std::string>{"192.0.2.53"});
    CHECK(read.starts_at_boot);
}

TEST_CASE("ifcfg: SUSE starts nothing that does not ask for it") {
    CHECK_FALSE(read_ifcfg_suse(ShellSettings("BOOTPROTO=dhcp\n")).starts_at_boot);
    CHECK(read_ifcfg_suse(ShellSettings("STARTMODE='auto'\n")).starts_at_boot);
    CHECK(read_ifcfg_suse(ShellSettings("BOOTPROTO='dhcp4'\n")).ipv4_mode == "dhcp");
    CHECK(read_ifcfg_suse(ShellSettings("BOOTPROTO='dhcp6'\n")).ipv4_mode == "none");
}

TEST_CASE("ifcfg: files that nobody reads are known by their names") {
    for (const auto* name : {"ifcfg-eth0~", "ifcfg-eth0.bak", "ifcfg-eth0.orig",
                             "ifcfg-eth0.rpmsave", "ifcfg-eth0.rpmnew", "ifcfg-eth0.old"})
        CHECK(is_ignored_ifcfg(name));
    CHECK_FALSE(is_ignored_ifcfg("ifcfg-eth0.100"));
    CHECK_FALSE(is_ignored_ifcfg("ifcfg-eth0:1"));
}

TEST_CASE("shell settings: an edit changes one value and nothing else") {
    ShellSettings file("# old\r\nexport BOOTPROTO='static'  # fixed\r\nIPADDR=192.0.2.1\r\n");
    file.set("BOOTPROTO", "dhcp");
    CHECK(file.str() == "# old\r\nexport BOOTPROTO=dhcp  # fixed\r\nIPADDR=192.0.2.1\r\n");
    file.comment_out("IPADDR");
    CHECK(file.str() == "# old\r\nexport BOOTPROTO=dhcp  # fixed\r\n#IPADDR=192.0.2.1\r\n");
    file.set("NAME", "my \"own\" $net");
    CHECK(file.value("NAME") == "my \"own\" $net");
    CHECK(file.value("BOOTPROTO") == "dhcp");
    CHECK_FALSE(file.value("IPADDR"));
}

TEST_CASE("shell settings: what comes without a last newline keeps what it has") {
    ShellSettings file("A=1");
    CHECK(file.str() == "A=1");
    file.set("B", "2");
    CHECK(file.str() == "A=1\nB=2\n");
}

TEST_CASE("shell settings: the last assignment counts, also several in a line") {
    ShellSettings file("A=1; B=\"x;y\" # c\nA=2\nC=$A\nD=1 command\n");
    CHECK(file.value("A") == "2");
    CHECK(file.value("B") == "x;y");
    CHECK(file.find("C")->computed);
    CHECK_FALSE(file.value("D"));
    CHECK(file.malformed() == std::vector<std::size_t>{4});
    file.set("B", "z");
    CHECK(file.str() == "A=1; B=z # c\nA=2\nC=$A\nD=1 command\n");
}

TEST_CASE("shell settings: hostile text is taken as it is") {
    const std::string long_line = "IPADDR=\"" + std::string(1 << 20, 'x');
    for (const std::string& text :
         {std::string("A=\0B\n", 5), long_line,
          std::string("\xFF\xFE"
                      "A\0=\0",
                      6),
          std::string(200'000, '\''), std::string("=\n==\n;;;\nexport\nexport \n")})
        CHECK(ShellSettings(text).str() == text);
    CHECK(ShellSettings(long_line).has_open_quote());
}

}  // namespace
}  // namespace guestprep
