// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/block_device.h"
#include "agent/core/result.h"
#include "agent/formats/crypttab.h"
#include "agent/formats/fstab.h"
#include "agent/formats/mount_table.h"

namespace guestprep {

/// /etc/fstab without its comments and secrets.
struct FstabFacts {
    std::vector<FstabEntry> entries;
    std::vector<std::size_t> malformed_lines;
    bool has_crlf = false;
    bool is_utf8 = true;
    std::string link_to;  ///< where the file is a symbolic link: what it says
    /// Sources on the root file system (swap files, images) that are not there.
    std::vector<std::string> missing_files;
    std::string text;  ///< as read, for an editor; never saved

    static void fields(auto& self, auto&& visit) {
        visit("entries", self.entries);
        visit("malformed_lines", self.malformed_lines);
        visit("has_crlf", self.has_crlf);
        visit("is_utf8", self.is_utf8);
        visit("link_to", self.link_to);
        visit("missing_files", self.missing_files);
    }
};

/// Room on the file system that a directory lies on. Bytes.
struct Space {
    std::string mount_point;  ///< of that file system
    std::uint64_t free_bytes = 0;
    std::uint64_t total_bytes = 0;
    std::uint64_t free_inodes = 0;
    std::uint64_t total_inodes = 0;  ///< 0: it does not count inodes

    static void fields(auto& self, auto&& visit) {
        visit("mount_point", self.mount_point);
        visit("free_bytes", self.free_bytes);
        visit("total_bytes", self.total_bytes);
        visit("free_inodes", self.free_inodes);
        visit("total_inodes", self.total_inodes);
    }
};

struct StorageFacts {
    std::uint64_t seen_at = 0;  ///< when this was collected: seconds since 1970
    Fact<FstabFacts> fstab;
    Fact<std::vector<CrypttabEntry>> crypttab;  ///< no file: an empty list
    Fact<std::vector<Mount>> mounts;            ///< of the running system
    Fact<std::vector<BlockDevice>> devices;
    std::map<std::string, Fact<Space>> space;  ///< by directory: "/", "/boot", "/var", ...
    Fact<std::vector<std::string>> swaps;      ///< what the running system swaps to
    Fact<std::string> resume;  ///< RESUME= of initramfs-tools; not_found where it is not set

    static void fields(auto& self, auto&& visit) {
        visit("seen_at", self.seen_at);
        visit("fstab", self.fstab);
        visit("crypttab", self.crypttab);
        visit("mounts", self.mounts);
        visit("devices", self.devices);
        visit("space", self.space);
        visit("swaps", self.swaps);
        visit("resume", self.resume);
    }
};

using DeviceList = std::vector<const BlockDevice*>;

/// The last mount on exactly this directory; nullptr where it is no mount point.
[[nodiscard]] const Mount* mount_at(const StorageFacts& storage, std::string_view directory);
/// The mount that a path lies on; nullptr where mounts are not known.
[[nodiscard]] const Mount* mount_of(const StorageFacts& storage, std::string_view path);
/// The fstab entry for exactly this directory; nullptr where there is none. The last one wins.
[[nodiscard]] const FstabEntry* fstab_entry_at(const StorageFacts& storage,
                                               std::string_view directory);

/// The devices that "UUID=x", "/dev/sda1" or any other name of fstab(5) fits: more than one where
/// a file system was copied. Empty too where devices are not known.
[[nodiscard]] DeviceList devices_named(const StorageFacts& storage, std::string_view spec);
[[nodiscard]] const BlockDevice* device_called(const StorageFacts& storage,
                                               std::string_view kernel_name);

/// The device that a path lies on, or why that is not known.
[[nodiscard]] Result<const BlockDevice*> device_of(const StorageFacts& storage,
                                                   std::string_view path);
/// The device itself and all it is made of, through partitions, LVM, RAID and encryption.
[[nodiscard]] DeviceList devices_below(const StorageFacts& storage, const BlockDevice& device);
/// The whole disks that a device lies on, through partitions, LVM, RAID and encryption.
[[nodiscard]] DeviceList disks_below(const StorageFacts& storage, const BlockDevice& device);
/// The whole disks that hold a path ("/", "/boot"), or why that is not known.
[[nodiscard]] Result<DeviceList> disks_of(const StorageFacts& storage, std::string_view path);
/// Whole disks that would be exported with the machine: fixed ones, each path of a multipath disk
/// counted once.
[[nodiscard]] Result<DeviceList> whole_disks(const StorageFacts& storage);
/// The disks that hold / and /boot.
[[nodiscard]] Result<DeviceList> boot_disks(const StorageFacts& storage);

/// The directory that the EFI system partition is mounted on; empty where there is none.
[[nodiscard]] std::string esp_directory(const StorageFacts& storage);
/// A partition that holds an EFI system partition by its type.
[[nodiscard]] bool is_esp(const BlockDevice& device);

/// Kernel names joined with ", ".
[[nodiscard]] std::string names_of(const DeviceList& devices);
/// "2.0 TiB", "250 MiB"
[[nodiscard]] std::string size_text(std::uint64_t bytes);

}  // namespace guestprep
