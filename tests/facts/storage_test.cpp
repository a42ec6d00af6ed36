// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/storage.h"

#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

TEST_CASE("devices by name: UUID, label, path, LVM's two paths, udev's link") {
    StorageFacts storage;
    auto disk = partition("sda1", "sda", "ext4", "u-1");
    disk.label = "my root";
    disk.partition_uuid = "ABCD-01";
    disk.names.push_back("/dev/disk/by-id/ata-x-part1");
    auto volume = mapper("dm-0", "vg-a--b", {"sda2"}, "xfs", "u-2");
    auto unread = partition("sdb1", "sdb", "", "");
    unread.names.push_back("/dev/disk/by-label/my\\x20data");
    storage.devices = Devices{disk, volume, unread};

    CHECK(names_of(devices_named(storage, "UUID=u-1")) == "sda1");
    CHECK(names_of(devices_named(storage, "LABEL=my root")) == "sda1");
    CHECK(names_of(devices_named(storage, "/dev/disk/by-label/my\\x20root")) == "sda1");
    CHECK(names_of(devices_named(storage, "PARTUUID=abcd-01")) == "sda1");
    CHECK(names_of(devices_named(storage, "/dev/disk/by-id/ata-x-part1")) == "sda1");
    CHECK(names_of(devices_named(storage, "/dev/vg/a-b")) == "dm-0");
    CHECK(names_of(devices_named(storage, "/dev/mapper/vg-a--b")) == "dm-0");
    CHECK(names_of(devices_named(storage, "LABEL=my data")) == "sdb1");
    CHECK(devices_named(storage, "UUID=").empty());
    CHECK(devices_named(storage, "LABEL=").empty());
    CHECK(devices_named(storage, "UUID=u-3").empty());
}

TEST_CASE("devices by name: a copy counts, the members of a mirror do not") {
    StorageFacts storage;
    storage.devices =
        Devices{partition("sda1", "sda", "ext4", "u"), partition("sdb1", "sdb", "ext4", "u")};
    CHECK(devices_named(storage, "UUID=u").size() == 2);
    storage.devices->push_back(mapper("dm-0", "mpatha-part1", {"sda1", "sdb1"}, "ext4", "u"));
    CHECK(names_of(devices_named(storage, "UUID=u")) == "dm-0");
}

TEST_CASE("disks: through LVM over RAID over partitions; loops in the data end") {
    StorageFacts storage;
    storage.devices = Devices{disk("sda"),
                              disk("sdb"),
                              partition("sda1", "sda"),
                              partition("sdb1", "sdb"),
                              mapper("md0", "", {"sda1", "sdb1"}),
                              mapper("dm-0", "vg-root", {"md0"}),
                              mapper("dm-1", "loop", {"dm-1", "dm-0"})};
    CHECK(names_of(disks_below(storage, *device_called(storage, "dm-0"))) == "sda, sdb");
    CHECK(names_of(disks_below(storage, *device_called(storage, "dm-1"))) == "sda, sdb");
    CHECK(names_of(disks_below(storage, *device_called(storage, "sda"))) == "sda");
}

TEST_CASE("disks: the paths of a multipath disk are one disk") {
    StorageFacts storage;
    auto multi = mapper("dm-0", "mpatha", {"sda", "sdb"});
    multi.mapper_uuid = "mpath-3600";
    storage.devices = Devices{disk("sda"), disk("sdb"), disk("sdc"), multi};
    CHECK(names_of(disks_below(storage, *device_called(storage, "dm-0"))) == "sda");
    CHECK(names_of(*whole_disks(storage)) == "sda, sdc");
}

TEST_CASE("disks: of a path, by the mount's number, by its source, by fstab where not mounted") {
    StorageFacts storage;
    storage.devices =
        Devices{disk("sda"), disk("sdb"), partition("sda1", "sda", "ext4", "r"),
                partition("sdb1", "sdb", "btrfs", "b"), partition("sda2", "sda", "ext4", "x")};
    storage.mounts = Mounts{mounted("/", "/dev/root", "ext4", "n:sda1"),
                            mounted("/data", "/dev/sdb1", "btrfs", "0:40"),
                            mounted("/o", "overlay", "overlay", "0:41")};
    CHECK(names_of(*disks_of(storage, "/")) == "sda");
    CHECK(names_of(*disks_of(storage, "/boot")) == "sda");
    CHECK(names_of(*disks_of(storage, "/data/x")) == "sdb");
    CHECK_FALSE(disks_of(storage, "/o"));
    // A directory's name that starts alike is not below it.
    CHECK(names_of(*disks_of(storage, "/database")) == "sda");
    storage.fstab = fstab("/dev/sdb1 /boot ext4 noauto\n");
    CHECK(names_of(*disks_of(storage, "/boot")) == "sdb");
    CHECK(names_of(*boot_disks(storage)) == "sda, sdb");
}

TEST_CASE("disks: all members of a Btrfs file system count") {
    StorageFacts storage;
    storage.devices = Devices{disk("sda"), disk("sdb"), partition("sda1", "sda", "btrfs", "b"),
                              partition("sdb1", "sdb", "btrfs", "b")};
    storage.mounts = Mounts{mounted("/", "/dev/sda1", "btrfs", "0:40")};
    CHECK(names_of(*disks_of(storage, "/")) == "sda, sdb");
}

TEST_CASE("disks: not known is an error with the reason") {
    StorageFacts storage;
    CHECK_FALSE(disks_of(storage, "/"));
    storage.devices = std::vector<BlockDevice>();
    storage.mounts = Mounts{mounted("/", "overlay", "overlay", "0:41")};
    CHECK_FALSE(disks_of(storage, "/"));
}

TEST_CASE("sizes read well") {
    CHECK(size_text(999) == "999 bytes");
    CHECK(size_text(262144000) == "250 MiB");
    CHECK(size_text(std::uint64_t{2} << 40) == "2.0 TiB");
    CHECK(size_text(std::uint64_t{1536} << 20) == "1.5 GiB");
}

}  // namespace
}  // namespace guestprep
