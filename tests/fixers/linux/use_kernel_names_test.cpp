// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/grub_hosts.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

using Files = std::map<std::string, std::string>;
using Words = std::vector<std::string>;

const std::string kGrub = "/etc/default/grub";
const std::string kGrubAfter = "GRUB_CMDLINE_LINUX=\"quiet net.ifnames=0 biosdevname=0\"\n";

void add_grub(FakeHost& host, const std::string& folder) {
    host.files.file(kGrub, "GRUB_CMDLINE_LINUX=\"quiet\"\n");
    host.files.file("/boot/vmlinuz-5", "kernel").file("/boot/initramfs-5", "i");
    host.files.file(folder + "/grub.cfg", generated_grub_cfg("root=UUID=1 ro quiet"));
    host.files.file(folder + "/i386-pc/core.img", "");
}

/// Edits and the command; only when that has run is the name another one.
Fixed fix(const FakeHost& host) {
    return fix_loop_until(host, fixers::use_kernel_names, checks::interfaces_have_classic_names,
                          Status::fail);
}

std::string refusal(const FakeHost& host) { return refusal_of(host, fixers::use_kernel_names); }

Words command_of(const ChangeSet& set) {
    for (const auto& change : set.changes)
        if (const auto* step = std::get_if<CommandStep>(&change)) return step->argv;
    return {};
}

const std::string kProfile = "/etc/NetworkManager/system-connections/a.nmconnection";
constexpr const char* kProfileText =
    "[connection]\nid=ens192\ntype=ethernet\ninterface-name=ens192\n[ipv4]\nmethod=auto\n";

TEST_CASE("kernel names fixer: argument, profile and references in one set") {
    auto host = el9_host();
    add_grub(host, "/boot/grub2");
    host.files.file(kProfile, kProfileText, 0600);
    host.files.file("/etc/firewalld/zones/public.xml",
                    "<zone>\n <interface name=\"ens192\"/>\n <interface name=\"ens1920\"/>\n");
    host.files.file("/etc/sysctl.conf", "net.ipv4.conf.ens192.rp_filter = 0\n");
    const auto fixed = fix(host);
    CHECK(fixed.files ==
          Files{{kGrub, kGrubAfter},
                {kProfile,
                 "[connection]\nid=ens192\ntype=ethernet\ninterface-name=eth0\n[ipv4]\n"
                 "method=auto\n"},
                {"/etc/firewalld/zones/public.xml",
                 "<zone>\n <interface name=\"eth0\"/>\n <interface name=\"ens1920\"/>\n"}});
    CHECK(command_of(fixed.set) == Words{"grub2-mkconfig", "-o", "/boot/grub2/grub.cfg"});
    CHECK(std::ranges::any_of(fixed.set.notes, [](const std::string& note) {
        return note.starts_with("/etc/sysctl.conf:1: names an interface");
    }));
}

TEST_CASE("kernel names fixer: Debian's generator; netplan's key is another one") {
    auto host = networkd_host();
    add_grub(host, "/boot/grub");
    host.files.file("/etc/os-release", "ID=ubuntu\nVERSION_ID=\"22.04\"\nID_LIKE=debian\n");
    host.files.file("/etc/netplan/a.yaml",
                    "network:\n  ethernets:\n    ens192:   # first\n      dhcp4: true\n");
    const auto fixed = fix(host);
    CHECK(fixed.files == Files{{kGrub, kGrubAfter},
                               {"/etc/netplan/a.yaml",
                                "network:\n  ethernets:\n    eth0:   # first\n"
                                "      dhcp4: true\n"}});
    CHECK(command_of(fixed.set) == Words{"update-grub"});
}

TEST_CASE("kernel names fixer: entries in files of their own are edited, and nothing is run") {
    auto host = el9_host();
    add_grub(host, "/boot/grub2");
    const std::string entry = "/boot/loader/entries/m-5.conf";
    host.files.file(entry, "title L\nlinux /boot/vmlinuz-5\noptions root=UUID=1 ro\n");
    host.files.file("/boot/grub2/grub.cfg", "blscfg\n");
    host.files.file(kProfile, kProfileText, 0600);
    const auto fixed =
        fix_loop(host, fixers::use_kernel_names, checks::interfaces_have_classic_names);
    CHECK(fixed.files.at(kGrub) == kGrubAfter);
    CHECK(fixed.files.at(entry) ==
          "title L\nlinux /boot/vmlinuz-5\noptions root=UUID=1 ro net.ifnames=0 "
          "biosdevname=0\n");
    CHECK(command_of(fixed.set).empty());
}

TEST_CASE("kernel names fixer: GRUB legacy's menu is edited itself") {
    auto host = el9_host();
    host.files.file("/boot/vmlinuz-5", "kernel").file("/boot/initrd-5", "i");
    host.files.file("/boot/grub/stage2", "");
    host.files.file("/boot/grub/menu.lst",
                    "default 0\ntitle L\n\troot (hd0,0)\n\tkernel /boot/vmlinuz-5 root=/dev/sda1 "
                    "ro\n\tinitrd /boot/initrd-5\n");
    host.files.file(kProfile, kProfileText, 0600);
    const auto fixed =
        fix_loop(host, fixers::use_kernel_names, checks::interfaces_have_classic_names);
    CHECK(fixed.files.at("/boot/grub/menu.lst").find("ro net.ifnames=0 biosdevname=0\n") !=
          std::string::npos);
    CHECK(command_of(fixed.set).empty());
}

TEST_CASE("kernel names fixer: classic names and a configuration for another one") {
    auto rhel = rhel6_host();
    const std::string folder = "/etc/sysconfig/network-scripts/";
    rhel.files.file(folder + "ifcfg-eth1", "DEVICE=eth1\nNAME=eth1\nONBOOT=yes\nBOOTPROTO=dhcp\n");
    const auto loop = [](const FakeHost& host) {
        return fix_loop(host, fixers::use_kernel_names, checks::interfaces_have_classic_names);
    };
    CHECK(loop(rhel).files ==
          Files{{folder + "ifcfg-eth1", "gone"},
                {folder + "ifcfg-eth0", "DEVICE=eth0\nNAME=eth0\nONBOOT=yes\nBOOTPROTO=dhcp\n"}});
    auto debian = debian_host();
    debian.files.file("/etc/network/interfaces",
                      "auto lo ens3\niface lo inet loopback\niface ens3 inet dhcp\n# ens3\n");
    CHECK(loop(debian).files ==
          Files{{"/etc/network/interfaces",
                 "auto lo eth0\niface lo inet loopback\niface eth0 inet dhcp\n# ens3\n"}});
}

TEST_CASE("kernel names fixer: does all or nothing") {
    auto host = el9_host();
    host.files.file(kProfile, kProfileText, 0600);
    CHECK(refusal(host).find("command line is not known") != std::string::npos);
    add_grub(host, "/boot/grub2");
    host.files.file(kProfile,
                    "[connection]\nid=a\ntype=ethernet\ninterface-name=ens192\n[ipv4]\n"
                    "method=manual\naddress1=192.0.2.10/24\n",
                    0600);
    CHECK(refusal(host).find("include net-static-to-dhcp-linux") != std::string::npos);
    auto matched = networkd_host();
    add_grub(matched, "/boot/grub2");
    matched.files.file("/etc/netplan/a.yaml",
                       "network:\n  ethernets:\n    a:\n      dhcp4: true\n      match:\n"
                       "        name: ens192\n");
    CHECK(refusal(matched).find("a match decides") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
