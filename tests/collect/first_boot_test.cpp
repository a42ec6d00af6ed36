// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/collect.h"
#include "agent/collect/services.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

TEST_CASE("first boot: modprobe.d, sysctl, clock, debconf and the rest") {
    FakeHost host;
    host.files.file("/etc/modprobe.d/hard.conf", "blacklist nvme\nblacklist floppy\n")
        .file("/usr/lib/modprobe.d/hard.conf", "blacklist ena\n")
        .file("/etc/sysctl.d/90.conf", "# x\n-kernel.modules_disabled = 1\n")
        .file("/etc/adjtime", "0.0 0 0.0\n0\nLOCAL\n")
        .file("/etc/chrony.conf", "#server 169.254.169.123\nserver 169.254.169.123 iburst\n")
        .file("/var/cache/debconf/config.dat",
              "Name: other/secret\nValue: /dev/none\n\nName: grub-pc/install_devices\n"
              "Template: x\nValue: /dev/disk/by-id/scsi-1, /dev/sdb\n")
        .file("/boot/grub/device.map", "(fd0) /dev/fd0\n(hd0)\t/dev/sda\n")
        .file("/forcefsck", "");
    Facts facts;
    facts.os.firmware = Firmware::uefi;
    host.files.file("/sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c",
                    std::string("\6\0\0\0\1", 5));
    collect_first_boot(host.host(), BootServices(host.host()), facts);
    const auto& out = facts.first_boot;
    REQUIRE(out.module_bars);
    REQUIRE(out.module_bars->size() == 1);
    CHECK(out.module_bars->at(0).module == "nvme");
    CHECK(out.modules_disabled.at == "/etc/sysctl.d/90.conf:2");
    CHECK(out.clock.local_time.at == "/etc/adjtime:3");
    CHECK(out.clock.asks_amazon);
    REQUIRE(out.grub_disks);
    REQUIRE(out.grub_disks->size() == 3);
    CHECK(out.grub_disks->at(0).at == "/boot/grub/device.map:2");
    CHECK(out.grub_disks->at(2).text == "/dev/sdb");
    CHECK(out.forced_check.is_set());
    CHECK(out.secure_boot == true);
}

TEST_CASE("first boot: what may not be read leaves the answer open") {
    FakeHost host;
    host.files.file("/etc/modprobe.d/hard.conf", "blacklist nvme\n")
        .deny("/etc/modprobe.d/hard.conf");
    Facts facts;
    collect_first_boot(host.host(), BootServices(host.host()), facts);
    CHECK_FALSE(facts.first_boot.module_bars);
}

TEST_CASE("offline edits: SELinux, read-only roots, immutable files") {
    FakeHost host;
    host.files.file("/etc/selinux/config", "SELINUX=enforcing # x\nSELINUXTYPE=targeted\n")
        .file("/etc/selinux/targeted/policy/policy.31", "x")
        .file("/etc/overlayroot.conf", "overlayroot=\"tmpfs\"\n")
        .file("/etc/sysconfig/readonly-root", "READONLY=no\n")
        .file("/etc/fstab", "x")
        .file("/etc/resolv.conf", "x")
        .has_flags("/etc/resolv.conf", {true, false});
    Facts facts;
    collect_offline_edits(host.host(), facts);
    const auto& out = facts.offline_edits;
    REQUIRE(out.selinux);
    CHECK(out.selinux->mode == "enforcing");
    CHECK(out.selinux->has_policy);
    REQUIRE(out.read_only_root.size() == 1);
    CHECK(out.read_only_root[0].at == "/etc/overlayroot.conf:1");
    REQUIRE(out.immutable_files);
    REQUIRE(out.immutable_files->size() == 1);
    CHECK(out.immutable_files->at(0).at == "/etc/resolv.conf");
}

TEST_CASE("volume managers: LVM's files and what vgs says") {
    FakeHost host;
    host.files
        .file("/etc/lvm/lvm.conf", "devices {\n filter = [ \"r|.*|\" ]\n use_devicesfile = 1\n}\n")
        .file("/etc/lvm/lvmlocal.conf", "devices {\n filter = [ \"a|.*|\" ]\n}\n")
        .file(
            "/etc/lvm/devices/system.devices",
            "# LVM uses devices listed in this file.\nIDTYPE=sys_wwid IDNAME=naa.6 PVID=x PART=2\n")
        .file("/etc/multipath.conf", "defaults {\n\tfind_multipaths no\n}\n");
    host.commands.on(
        "vgs --config devices{write_cache_state=0} --noheadings --separator | -o "
        "vg_name,vg_uuid,vg_attr",
        {0, "  vg|abc-def|wz-pn-\n", ""});
    Facts facts;
    BlockDevice pv;
    pv.kernel_name = "sda2";
    pv.type = "LVM2_member";
    facts.storage.devices = std::vector<BlockDevice>{pv};
    collect_volume_managers(host.host(), facts);
    const auto& out = facts.volume_managers;
    REQUIRE(out.filters);
    REQUIRE(out.filters->size() == 1);
    CHECK(out.filters->at(0).line.at == "/etc/lvm/lvmlocal.conf:2");
    REQUIRE(out.listed_devices);
    CHECK(out.listed_devices->at(0).id_type == "sys_wwid");
    CHECK_FALSE(out.devices_file_off);
    REQUIRE(out.groups);
    CHECK(out.groups->at(0).is_partial);
    CHECK(out.groups->at(0).id == "abcdef");
    REQUIRE(out.find_multipaths);
    CHECK(out.find_multipaths->text == "find_multipaths no");
}

}  // namespace
}  // namespace guestprep
