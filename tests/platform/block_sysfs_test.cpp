// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/block_sysfs.h"

#include <algorithm>

#include "tests/support/catch.h"
#include "tests/support/fake_host.h"

namespace guestprep {
namespace {

const BlockDevice& named(const std::vector<BlockDevice>& devices, std::string_view name) {
    const auto found = std::ranges::find(devices, name, &BlockDevice::kernel_name);
    REQUIRE(found != devices.end());
    return *found;
}

TEST_CASE("sysfs: disks, partitions, mapper and optical drives of a present kernel") {
    const std::string pci = "/sys/devices/pci0000:00/0000:00:10.0/host2/target2:0:0/2:0:0:0";
    FakeFiles files;
    files.file(pci + "/vendor", "VMware  \n").file(pci + "/model", "Virtual disk    \n");
    const std::string disk = pci + "/block/sda";
    files.file(disk + "/dev", "8:0\n").file(disk + "/size", "41943040\n");
    files.file(disk + "/removable", "0\n").file(disk + "/ro", "0\n").link(disk + "/device", pci);
    files.file(disk + "/sda2/dev", "8:2\n").file(disk + "/sda2/start", "2099200\n");
    files.file(disk + "/sda2/size", "39843840\n").file(disk + "/sda2/partition", "2\n");
    files.link("/sys/block/sda", disk);
    files.file("/sys/block/dm-0/dev", "253:0\n").file("/sys/block/dm-0/size", "100\n");
    files.file("/sys/block/dm-0/dm/name", "vg-root\n").file("/sys/block/dm-0/dm/uuid", "LVM-abc\n");
    files.file("/sys/block/dm-0/dm/suspended", "0\n").link("/sys/block/dm-0/slaves/sda2", "x");
    files.file("/sys/block/sr0/dev", "11:0\n").file("/sys/block/sr0/removable", "1\n");
    files.file("/sys/block/loop0/dev", "7:0\n").file("/sys/block/loop0/size", "0\n");
    files.file("/sys/block/ram0/dev", "1:0\n").file("/sys/block/nvme0c0n1/hidden", "1\n");

    const auto devices = devices_of_kernel(files);
    REQUIRE(devices);
    CHECK(devices->size() == 4);
    const auto& sda = named(*devices, "sda");
    CHECK(sda.kind == DeviceKind::disk);
    CHECK(sda.number == "8:0");
    CHECK(sda.size == 41943040ULL * 512);
    CHECK(sda.vendor == "VMware");
    CHECK(sda.model == "Virtual disk");
    CHECK(sda.bus == "scsi");
    const auto& sda2 = named(*devices, "sda2");
    CHECK(sda2.kind == DeviceKind::partition);
    CHECK(sda2.disk == "sda");
    CHECK(sda2.partition_number == 2);
    CHECK(sda2.start == 2099200ULL * 512);
    const auto& mapper = named(*devices, "dm-0");
    CHECK(mapper.kind == DeviceKind::mapper);
    CHECK(mapper.mapper_uuid == "LVM-abc");
    CHECK(mapper.slaves == std::vector<std::string>{"sda2"});
    CHECK(mapper.names == std::vector<std::string>{"/dev/dm-0", "/dev/mapper/vg-root"});
    CHECK(named(*devices, "sr0").kind == DeviceKind::rom);
}

TEST_CASE("sysfs: Linux 2.6.18, with an IDE CD-ROM and a RAID controller's names") {
    FakeFiles files;
    files.file("/proc/sys/dev/cdrom/info", "CD-ROM information\n\ndrive name:\t\thdc\n");
    files.file("/sys/block/hdc/dev", "22:0\n").file("/sys/block/hdc/size", "2097151\n");
    files.file("/sys/block/hda/dev", "3:0\n").file("/sys/block/hda/size", "8\n");
    files.file("/sys/block/hda/hda5/dev", "3:5\n").file("/sys/block/hda/hda5/start", "1\n");
    files.file("/sys/block/cciss!c0d0/dev", "104:0\n");
    files.file("/sys/block/cciss!c0d0/cciss!c0d0p1/dev", "104:1\n");
    files.file("/sys/block/cciss!c0d0/cciss!c0d0p1/start", "63\n");
    const auto devices = devices_of_kernel(files);
    REQUIRE(devices);
    CHECK(named(*devices, "hdc").kind == DeviceKind::rom);
    CHECK(named(*devices, "hda").kind == DeviceKind::disk);
    CHECK(named(*devices, "hda5").partition_number == 5);
    const auto& part = named(*devices, "cciss/c0d0p1");
    CHECK(part.names == std::vector<std::string>{"/dev/cciss/c0d0p1"});
    CHECK(part.disk == "cciss/c0d0");
    CHECK(part.partition_number == 1);
}

TEST_CASE("sysfs: a suspended mapper device says so before anybody reads it") {
    FakeFiles files;
    files.file("/sys/block/dm-0/dev", "253:0\n").file("/sys/block/dm-0/dm/suspended", "1\n");
    CHECK_FALSE(devices_of_kernel(files)->at(0).unread.empty());
}

TEST_CASE("sysfs: /proc/partitions serves where /sys is not mounted") {
    FakeFiles files;
    files.file("/proc/partitions",
               "major minor  #blocks  name\n\n   8 0 20971520 sda\n   8 1 1024 sda1\n"
               " 253 0 512 dm-0\n 259 0 100 nvme0n1\n 259 1 50 nvme0n1p1\n  1 0 4 ram0\n");
    const auto devices = devices_of_kernel(files);
    REQUIRE(devices);
    CHECK(devices->size() == 5);
    CHECK(named(*devices, "sda").size == 20971520ULL * 1024);
    CHECK(named(*devices, "sda1").disk == "sda");
    CHECK(named(*devices, "dm-0").kind == DeviceKind::mapper);
    CHECK(named(*devices, "nvme0n1p1").disk == "nvme0n1");
    CHECK(named(*devices, "nvme0n1p1").partition_number == 1);
}

TEST_CASE("sysfs: neither source is an error, not an empty machine") {
    const auto devices = devices_of_kernel(FakeFiles());
    REQUIRE_FALSE(devices);
    CHECK(devices.error().code == Errc::unsupported);
}

TEST_CASE("sysfs: udev's record tells the content to those who may not read it") {
    FakeFiles files;
    files.file("/run/udev/data/b8:1",
               "S:disk/by-uuid/x\nE:ID_FS_USAGE=filesystem\nE:ID_FS_TYPE=ext4\n"
               "E:ID_FS_UUID_ENC=a-b\nE:ID_FS_LABEL_ENC=my\\x20disk\n"
               "E:ID_PART_ENTRY_SCHEME=dos\nE:ID_PART_ENTRY_FLAGS=0x80\n"
               "E:ID_PART_ENTRY_TYPE=0x83\nE:ID_PART_TABLE_TYPE=dos\n");
    files.file("/run/udev/data/b8:2", "I:123\n");
    BlockDevice device;
    device.kind = DeviceKind::partition;
    device.number = "8:1";
    REQUIRE(take_udev_record(files, device));
    CHECK(device.type == "ext4");
    CHECK(device.uuid == "a-b");
    CHECK(device.label == "my disk");
    CHECK(device.active);
    CHECK(device.partition_type == "0x83");
    CHECK(device.table.empty());
    device.number = "8:2";
    CHECK_FALSE(take_udev_record(files, device));
    device.number = "8:3";
    CHECK_FALSE(take_udev_record(files, device));
}

}  // namespace
}  // namespace guestprep
