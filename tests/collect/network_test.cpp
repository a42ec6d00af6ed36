// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/collect.h"
#include "agent/facts/facts_json.h"
#include "agent/facts/new_nic.h"
#include "tests/support/catch.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

NetworkFacts look(const FakeHost& host) {
    // Names depend on the kernel's command line, services on the init system.
    const auto facts = collect(host.host());
    // What is judged from saved facts must be what is judged live.
    const auto again = facts_from_json(facts_to_json(facts));
    REQUIRE(again);
    return again->network;
}

NicAnswer on_ec2(const NetworkFacts& facts) { return next_boot_on_ec2(facts); }

const InterfaceConfig& only(const NetworkFacts& facts, std::string_view id) {
    const auto found = std::ranges::find(facts.interfaces, id, &InterfaceConfig::id);
    REQUIRE(found != facts.interfaces.end());
    return *found;
}

TEST_CASE("ifupdown: DHCP on the name that EC2 gives is taken") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces",
                    "auto lo\niface lo inet loopback\nallow-hotplug eth0\niface eth0 inet dhcp\n");
    const auto facts = look(host);
    const auto answer = on_ec2(facts);
    CHECK(answer.outcome == NicOutcome::dhcp);
    CHECK(answer.line.at == "/etc/network/interfaces:4");
    CHECK(only(facts, "eth0").starts_at_boot);
}

TEST_CASE("ifupdown: what is not sourced does not exist, what is sourced does") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces", "auto lo\niface lo inet loopback\n");
    host.files.file("/etc/network/interfaces.d/eth0",
                    "auto eth0\niface eth0 inet static\n address 192.0.2.1\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file("/etc/network/interfaces", "source interfaces.d/*\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::fixed);
    host.files.file("/etc/network/interfaces", "source-directory /etc/network/interfaces.d\n");
    const auto answer = on_ec2(look(host));
    CHECK(answer.outcome == NicOutcome::fixed);
    CHECK(answer.line.at == "/etc/network/interfaces.d/eth0:2");
}

TEST_CASE("ifupdown: files that source each other end") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces",
                    "source /etc/network/interfaces\nsource /etc/network/b\n");
    host.files.file("/etc/network/b", "source /etc/network/*\nauto eth0\niface eth0 inet dhcp\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
}

TEST_CASE("ifupdown: no auto line, no interface") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces", "iface eth0 inet static\n address 192.0.2.1/24\n");
    const auto answer = on_ec2(look(host));
    CHECK(answer.outcome == NicOutcome::nobody);
    CHECK(answer.reason.find("no auto") != std::string::npos);
}

TEST_CASE("ifupdown: a mapping script, a refused file, commands of its own leave it open") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces",
                    "auto eth0\nmapping eth0\n script /x\niface home inet dhcp\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::unknown);
    host.files.file("/etc/network/interfaces",
                    "auto eth0\n address 1.2.3.4\niface eth0 inet dhcp\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::unknown);
    host.files.file("/etc/network/interfaces",
                    "auto eth0\niface eth0 inet manual\n up dhclient eth0\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::unknown);
}

TEST_CASE("ifupdown: a bridge over the NIC gives the address, docker's own bridge is nobody's") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces",
                    "auto br0 docker0\niface br0 inet dhcp\n bridge_ports eth0\n"
                    "iface docker0 inet static\n address 172.17.0.1/16\n");
    const auto facts = look(host);
    CHECK(on_ec2(facts).outcome == NicOutcome::dhcp);
    CHECK(only(facts, "eth0").master == "br0");
    CHECK(only(facts, "docker0").kind == NicKind::other);
    CHECK(primary_config(facts)->id == "eth0");
}

TEST_CASE("ifupdown: Debian's cloud images configure what appears") {
    auto host = debian_host();
    host.files.file("/etc/network/interfaces", "source-directory /run/network/interfaces.d\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file("/etc/network/cloud-ifupdown-helper", "#!/bin/sh\n", 0755);
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
}

TEST_CASE("RHEL: a hardware address in ifcfg keeps the script from a new NIC") {
    auto host = rhel6_host();
    const std::string path = "/etc/sysconfig/network-scripts/ifcfg-eth0";
    host.files.file(path, "DEVICE=eth0\nBOOTPROTO=dhcp\nONBOOT=yes\nHWADDR=00:50:56:00:00:01\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file(path, "DEVICE=eth0\nBOOTPROTO=dhcp\nONBOOT=yes\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
    host.files.file(path, "DEVICE=eth0\nBOOTPROTO=dhcp\nONBOOT=no\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file(path, "DEVICE=eth0\nBOOTPROTO=none\nIPADDR='192.0.2.1\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::unknown);
}

TEST_CASE("RHEL: a backup of an ifcfg file is no configuration") {
    auto host = rhel6_host();
    host.files.file("/etc/sysconfig/network-scripts/ifcfg-eth0", "DEVICE=eth0\nBOOTPROTO=dhcp\n");
    host.files.file("/etc/sysconfig/network-scripts/ifcfg-eth0.bak",
                    "DEVICE=eth0\nIPADDR=192.0.2.1\n");
    host.files.file("/etc/sysconfig/network-scripts/ifcfg-eth0:1",
                    "DEVICE=eth0:1\nIPADDR=192.0.2.2\n");
    const auto facts = look(host);
    CHECK(facts.interfaces.size() == 1);
    CHECK(on_ec2(facts).outcome == NicOutcome::dhcp);
}

TEST_CASE("RHEL: NETWORKING=no starts nothing") {
    auto host = rhel6_host();
    host.files.file("/etc/sysconfig/network-scripts/ifcfg-eth0", "DEVICE=eth0\nBOOTPROTO=dhcp\n");
    host.files.file("/etc/sysconfig/network", "NETWORKING=no\n");
    const auto answer = on_ec2(look(host));
    CHECK(answer.outcome == NicOutcome::nobody);
    CHECK(answer.line.at == "/etc/sysconfig/network:1");
}

TEST_CASE("NetworkManager: a NIC with no profile gets one, unless it may not") {
    auto host = el9_host();
    host.files.file(
        "/etc/NetworkManager/system-connections/ens192.nmconnection",
        "[connection]\nid=ens192\ntype=ethernet\ninterface-name=ens192\n[ipv4]\nmethod=manual\n"
        "address1=192.0.2.1/24\n",
        0600);
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
    host.files.file("/usr/lib/NetworkManager/conf.d/00-server.conf", "[main]\nno-auto-default=*\n");
    const auto answer = on_ec2(look(host));
    CHECK(answer.outcome == NicOutcome::nobody);
    CHECK(answer.line.at == "/usr/lib/NetworkManager/conf.d/00-server.conf:2");
    host.files.link("/etc/NetworkManager/conf.d/00-server.conf", "/dev/null");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
}

TEST_CASE("NetworkManager: a profile that others may read is ignored") {
    auto host = el9_host();
    host.files.file(
        "/etc/NetworkManager/system-connections/any.nmconnection",
        "[connection]\nid=any\ntype=ethernet\n[ipv4]\nmethod=manual\naddress1=192.0.2.1/24\n",
        0644);
    const auto facts = look(host);
    CHECK_FALSE(only(facts, "any").starts_at_boot);
    host.files.file(
        "/etc/NetworkManager/system-connections/any.nmconnection",
        "[connection]\nid=any\ntype=ethernet\n[ipv4]\nmethod=manual\naddress1=192.0.2.1/24\n",
        0600);
    CHECK(on_ec2(look(host)).outcome == NicOutcome::fixed);
}

TEST_CASE("NetworkManager: profiles of other users' files leave it open") {
    auto host = el9_host();
    host.files.file("/etc/NetworkManager/system-connections/x.nmconnection", "", 0600);
    host.files.deny("/etc/NetworkManager/system-connections/x.nmconnection");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::unknown);
}

TEST_CASE("NetworkManager: Ubuntu leaves Ethernet to others") {
    auto host = el9_host();
    host.files.file("/usr/lib/NetworkManager/conf.d/10-globally-managed-devices.conf",
                    "[keyfile]\nunmanaged-devices=*,except:type:wifi,except:type:gsm\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file("/etc/netplan/01-network-manager-all.yaml",
                    "network:\n  version: 2\n  renderer: NetworkManager\n");
    const auto answer = on_ec2(look(host));
    INFO(answer.reason);
    CHECK(answer.outcome == NicOutcome::dhcp);
}

TEST_CASE("NetworkManager: the port of a bond gets the bond's address, a passphrase stays out") {
    auto host = el9_host();
    host.files.file("/etc/NetworkManager/system-connections/bond0.nmconnection",
                    "[connection]\nid=bond0\nuuid=aa-bb\ntype=bond\ninterface-name=bond0\n"
                    "[ipv4]\nmethod=manual\naddress1=192.0.2.1/24\n",
                    0600);
    host.files.file("/etc/NetworkManager/system-connections/port.nmconnection",
                    "[connection]\nid=port\ntype=ethernet\nmaster=aa-bb\nslave-type=bond\n"
                    "[802-1x]\npassword=geheim\n",
                    0600);
    const auto all = collect(host.host());
    CHECK(next_boot_on_ec2(all.network).outcome == NicOutcome::fixed);
    CHECK(facts_to_json(all).find("geheim") == std::string::npos);
}

TEST_CASE("networkd: the first file that matches takes it, a masked one is not there") {
    auto host = networkd_host();
    host.files.file("/etc/systemd/network/20-wired.network",
                    "[Match]\nName=en* eth*\n[Network]\nDHCP=yes\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
    host.files.file("/usr/lib/systemd/network/10-fixed.network",
                    "[Match]\nName=*\n[Network]\nAddress=192.0.2.1/24\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::fixed);
    host.files.link("/etc/systemd/network/10-fixed.network", "/dev/null");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
}

TEST_CASE("networkd: hardware addresses, drop-ins, containers and empty matches") {
    auto host = networkd_host();
    const std::string path = "/etc/systemd/network/20-wired.network";
    host.files.file(path, "[Match]\nMACAddress=00:50:56:00:00:01\n[Network]\nDHCP=yes\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file(path, "[Match]\nName=e*\n[Network]\nAddress=192.0.2.1/24\n");
    host.files.file(path + ".d/dhcp.conf", "[Network]\nAddress=\nDHCP=ipv4\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
    host.files.file(path, "[Match]\nVirtualization=container\nName=e*\n[Network]\nDHCP=yes\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file(path, "[Network]\nDHCP=yes\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::unknown);
}

TEST_CASE("netplan: names and hardware addresses bind, a match for all does not") {
    auto host = networkd_host();
    const std::string path = "/etc/netplan/00-installer-config.yaml";
    const auto with = [&](const std::string& entry) {
        host.files.file(path, "network:\n  version: 2\n  ethernets:\n" + entry);
        return on_ec2(look(host)).outcome;
    };
    CHECK(with("    ens192: {dhcp4: true}\n") == NicOutcome::nobody);
    CHECK(with("    all: {match: {name: \"e*\"}, dhcp4: true}\n") == NicOutcome::dhcp);
    CHECK(with("    all: {match: {name: \"e*\"}, addresses: [192.0.2.1/24]}\n") ==
          NicOutcome::fixed);
    CHECK(with("    a: {match: {macaddress: \"00:50:56:00:00:01\"}, dhcp4: true}\n") ==
          NicOutcome::nobody);
    CHECK(with("    a: {match: {driver: vmxnet3}, dhcp4: true}\n") == NicOutcome::nobody);
    CHECK(with("\ta: {}\n") == NicOutcome::unknown);
    CHECK(with("    all: {match: {name: \"e*\"}, renderer: sriov, dhcp4: true}\n") ==
          NicOutcome::unknown);
    CHECK(with("    all: {match: {name: \"e*\"}, dhcp4: true, addresses: [your.ip/24]}\n") ==
          NicOutcome::unknown);
}

TEST_CASE("netplan: its generator starts networkd, though nothing enables it") {
    auto host = networkd_host();
    host.files.file("/etc/netplan/x.yaml",
                    "network: {ethernets: {all: {match: {name: \"*\"}, dhcp4: true}}}\n");
    const auto facts = look(host);
    NetManager idle{NetService::networkd, {}};
    idle.state.state = Enablement::disabled;
    CHECK(starts(facts, idle));
    idle.state.state = Enablement::masked;
    CHECK_FALSE(starts(facts, idle));
}

TEST_CASE("cloud-init: its own file is written anew, where nothing keeps it from that") {
    auto host = networkd_host();
    host.files.file("/etc/netplan/50-cloud-init.yaml",
                    "network: {ethernets: {ens192: {addresses: [192.0.2.1/24]}}}\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file("/etc/cloud/cloud.cfg", "users: [default]\n");
    host.files.file("/usr/lib/systemd/system-generators/cloud-init-generator", "");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
    host.files.file("/etc/cloud/cloud.cfg.d/99-off.cfg", "network: {config: disabled}\n");
    auto facts = look(host);
    CHECK(facts.cloud_init->network_disabled.at == "/etc/cloud/cloud.cfg.d/99-off.cfg:1");
    CHECK(on_ec2(facts).outcome == NicOutcome::nobody);
    host.files.file("/etc/cloud/cloud.cfg.d/99-off.cfg", "datasource_list: [ NoCloud, None ]\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
}

TEST_CASE("SUSE: wicked takes what its files name and nothing else") {
    auto host = sles_host();
    host.files.file("/etc/sysconfig/network/ifcfg-eth0", "BOOTPROTO='dhcp'\nSTARTMODE='auto'\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::dhcp);
    host.files.file("/etc/sysconfig/network/ifcfg-eth0",
                    "IPADDR='192.0.2.1/24'\nSTARTMODE='auto'\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::fixed);
    host.files.file("/etc/sysconfig/network/ifcfg-eth0", "BOOTPROTO='dhcp'\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::nobody);
    host.files.file("/etc/wicked/ifconfig/eth0.xml", "<interface/>\n");
    CHECK(on_ec2(look(host)).outcome == NicOutcome::unknown);
}

TEST_CASE("SUSE 10: files named by a hardware address are bound to it") {
    auto host = sles_host();
    host.files.file("/etc/sysconfig/network/ifcfg-eth-id-00:50:56:00:00:01",
                    "BOOTPROTO='dhcp'\nSTARTMODE='auto'\n");
    const auto facts = look(host);
    REQUIRE(facts.interfaces.size() == 1);
    CHECK(facts.interfaces[0].macs == std::vector<std::string>{"00:50:56:00:00:01"});
    CHECK(on_ec2(facts).outcome == NicOutcome::nobody);
}

TEST_CASE("naming: rules, the kernel line, .link files and old udev decide") {
    auto host = networkd_host();
    const auto with_entry = [&](const std::string& arguments) {
        host.files.file("/boot/grub/grub.cfg",
                        "menuentry 'x' {\n linux /boot/vmlinuz " + arguments + "\n}\n");
        return look(host).naming;
    };
    CHECK(with_entry("root=/dev/sda1 ro quiet")->policy == NamingPolicy::predictable);
    const auto off = with_entry("root=/dev/sda1 ro net.ifnames=0 quiet");
    CHECK(off->policy == NamingPolicy::classic);
    CHECK(off->because.at == "/boot/grub/grub.cfg:2");
    CHECK(with_entry("root=/dev/sda1 xnet.ifnames=0")->policy == NamingPolicy::predictable);
    host.files.link("/etc/systemd/network/99-default.link", "/dev/null");
    CHECK(look(host).naming->policy == NamingPolicy::classic);
    host.files.file("/etc/systemd/network/10-name.link",
                    "[Match]\nOriginalName=*\n[Link]\nName=lan0\n");
    CHECK(ec2_names(look(host)) == std::vector<std::string>{"lan0"});
    CHECK(look(rhel6_host()).naming->policy == NamingPolicy::classic);
}

TEST_CASE("naming: without a boot entry the policy is not known, Debian 8 wanted to be asked") {
    auto host = networkd_host();
    host.files.file("/boot/grub/grub.cfg", "");
    CHECK_FALSE(look(host).naming);
    host.files.file("/usr/lib/udev/rules.d/80-net-setup-link.rules",
                    "IMPORT{cmdline}=\"net.ifnames\"\nENV{net.ifnames}!=\"1\", GOTO=\"end\"\n");
    CHECK(look(host).naming->policy == NamingPolicy::classic);
    auto suse = networkd_host();
    suse.files.file("/usr/lib/udev/rules.d/75-persistent-net-generator.rules", "# x\n");
    CHECK(look(suse).naming->policy == NamingPolicy::classic);
    host.files.link("/etc/udev/rules.d/80-net-setup-link.rules", "/dev/null");
    CHECK(look(host).naming->because.at == "/etc/udev/rules.d/80-net-setup-link.rules");
}

TEST_CASE("naming: rules with a hardware address are listed, comments are not") {
    auto host = rhel6_host();
    host.files.file("/etc/udev/rules.d/70-persistent-net.rules",
                    "# PCI device\nSUBSYSTEM==\"net\", ATTR{address}==\"00:50:56:00:00:01\", "
                    "NAME=\"eth0\"\n#SUBSYSTEM==\"net\", ATTR{address}==\"x\", NAME=\"eth1\"\n");
    const auto facts = look(host);
    REQUIRE(facts.name_rules.size() == 1);
    CHECK(facts.name_rules[0].line.at == "/etc/udev/rules.d/70-persistent-net.rules:2");
}

TEST_CASE("nics: hardware counts, what software makes does not") {
    auto host = networkd_host();
    host.running = true;
    host.files.file("/sys/class/net/ens192/address", "00:50:56:00:00:01\n");
    host.files.directory("/sys/class/net/ens192/device");
    host.files.link("/sys/class/net/ens192/device/driver", "../../../bus/pci/drivers/vmxnet3");
    host.files.link("/sys/class/net/ens192/master", "../bond0");
    host.files.directory("/sys/class/net/bond0/bonding");
    host.files.file("/sys/class/net/docker0/address", "02:42:00:00:00:01\n");
    host.files.directory("/sys/class/net/lo");
    const auto facts = look(host);
    REQUIRE(facts.nics);
    REQUIRE(facts.nics->size() == 1);
    CHECK(facts.nics->front().driver == "vmxnet3");
    CHECK(facts.nics->front().master_kind == "bond");
    host.running = false;
    CHECK_FALSE(look(host).nics);
}

TEST_CASE("dhclient: what ties it to the old network is listed") {
    auto host = debian_host();
    host.files.file("/etc/dhcp/dhclient.conf",
                    "send host-name = gethostname();\n#supersede domain-name \"a\";\n"
                    "supersede domain-name-servers 192.0.2.53;\n");
    const auto facts = look(host);
    REQUIRE(facts.dhcp_limits->size() == 1);
    CHECK(facts.dhcp_limits->at(0).at == "/etc/dhcp/dhclient.conf:3");
}

TEST_CASE("an empty system is unknown, not anything else") {
    const FakeHost host;
    const auto facts = look(host);
    CHECK(on_ec2(facts).outcome == NicOutcome::unknown);
    CHECK(primary_config(facts) == nullptr);
    CHECK_FALSE(facts.naming);
}

}  // namespace
}  // namespace guestprep
