// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/truth.h"

namespace guestprep {

enum class DeviceKind : std::uint8_t { disk, partition, mapper, md, loop, rom, other };
constexpr std::array<std::string_view, 7> enum_names(DeviceKind) {
    return {"disk", "partition", "mapper", "md", "loop", "rom", "other"};
}

/// Whether there is a disc in an optical drive.
enum class Medium : std::uint8_t { unknown, absent, present };
constexpr std::array<std::string_view, 3> enum_names(Medium) {
    return {"unknown", "absent", "present"};
}

/// What an ext2, ext3 or ext4 superblock says of checks; of NTFS whether it is clean. Times are
/// seconds since 1970.
struct CheckState {
    bool is_known = false;
    bool is_clean = true;     ///< unmounted in order; means nothing while it is mounted
    bool has_errors = false;  ///< the kernel has met errors: the next check is a full one
    std::uint64_t mounts = 0;
    std::uint64_t most_mounts = 0;  ///< 0: no check after so many mounts
    std::uint64_t last_check = 0;
    std::uint64_t check_interval = 0;  ///< seconds; 0: no check after that time

    static void fields(auto& self, auto&& visit) {
        visit("is_known", self.is_known);
        visit("is_clean", self.is_clean);
        visit("has_errors", self.has_errors);
        visit("mounts", self.mounts);
        visit("most_mounts", self.most_mounts);
        visit("last_check", self.last_check);
        visit("check_interval", self.check_interval);
    }
};

/// One block device as the kernel and its own superblocks describe it. Text is empty and numbers
/// are 0 where the device does not say.
struct BlockDevice {
    std::string kernel_name;         ///< "sda1", "dm-0"
    std::vector<std::string> names;  ///< every path: "/dev/sda1", "/dev/mapper/vg-root", udev links
    DeviceKind kind = DeviceKind::other;
    std::string number;      ///< "8:1"
    std::uint64_t size = 0;  ///< bytes
    bool removable = false;
    bool read_only = false;
    Medium medium = Medium::unknown;  ///< rom only
    std::string disk;                 ///< partition: kernel name of the disk it is on
    std::vector<std::string> slaves;  ///< mapper, md: kernel names of what it is made of
    std::string vendor, model, bus;   ///< disk: "VMware", "Virtual disk"; "usb", "iscsi" if known
    std::string mapper_uuid;          ///< "LVM-...", "CRYPT-LUKS2-...", "mpath-..."

    std::string usage;  ///< libblkid's USAGE: "filesystem", "raid", "crypto", "other"
    std::string type;   ///< "ext4", "swap", "LVM2_member", "crypto_LUKS", ...
    std::string uuid, label, partition_uuid, partition_label;

    CheckState check;

    std::string table;           ///< disk: "dos", "gpt", other types, or empty for none
    std::string partition_type;  ///< "0x83" or a GUID in lower case
    bool active = false;         ///< MBR active flag
    std::uint32_t partition_number = 0;
    std::uint64_t start = 0;  ///< partition: first byte on its disk
    /// disk, first sector: "grub", "lilo", "syslinux", "other", empty for none, "unknown" where the
    /// rest is known from udev's database alone
    std::string boot_code;

    /// Windows: whether the first sector, as it lies on the disk, is BitLocker's. A volume that is
    /// unlocked looks like any other from inside.
    Truth encrypted = Truth::unknown;

    std::string unread;  ///< why the content could not be looked at; empty where it was

    static void fields(auto& self, auto&& visit) {
        visit("kernel_name", self.kernel_name);
        visit("names", self.names);
        visit("kind", self.kind);
        visit("number", self.number);
        visit("size", self.size);
        visit("removable", self.removable);
        visit("read_only", self.read_only);
        visit("medium", self.medium);
        visit("disk", self.disk);
        visit("slaves", self.slaves);
        visit("vendor", self.vendor);
        visit("model", self.model);
        visit("bus", self.bus);
        visit("mapper_uuid", self.mapper_uuid);
        visit("usage", self.usage);
        visit("type", self.type);
        visit("uuid", self.uuid);
        visit("label", self.label);
        visit("partition_uuid", self.partition_uuid);
        visit("partition_label", self.partition_label);
        visit("check", self.check);
        visit("table", self.table);
        visit("partition_type", self.partition_type);
        visit("active", self.active);
        visit("partition_number", self.partition_number);
        visit("start", self.start);
        visit("boot_code", self.boot_code);
        visit("encrypted", self.encrypted);
        visit("unread", self.unread);
    }
};

}  // namespace guestprep
