// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/core/profile.h"
#include "agent/facts/facts.h"

// Storage facts in few words, for tests.
namespace guestprep {

using Devices = std::vector<BlockDevice>;
using Mounts = std::vector<Mount>;

[[nodiscard]] BlockDevice disk(std::string name, std::string table = "dos",
                               std::string boot_code = "", std::uint64_t size = 20ULL << 30);
/// "sda1" is number 1 on "sda".
[[nodiscard]] BlockDevice partition(std::string name, std::string on, std::string type = "",
                                    std::string uuid = "");
/// A mapper device or, where the name says so, an array. `mapped`: the name in /dev/mapper.
[[nodiscard]] BlockDevice mapper(std::string name, std::string mapped,
                                 std::vector<std::string> slaves, std::string type = "",
                                 std::string uuid = "");
/// The number of a device made here is "n:<name>".
[[nodiscard]] Mount mounted(std::string directory, std::string source, std::string type,
                            std::string number = "");
[[nodiscard]] FstabFacts fstab(std::string_view text);

[[nodiscard]] const Profile& profile_2018();
[[nodiscard]] const Profile& profile_2026();

/// A running machine as most are: one MBR disk with GRUB, / on sda1 (ext4), swap on sda2.
[[nodiscard]] Facts plain_machine();
/// The same, seen as a directory: files only.
[[nodiscard]] Facts plain_directory();

}  // namespace guestprep
