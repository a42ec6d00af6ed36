// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/core/result.h"
#include "agent/facts/storage.h"

namespace guestprep {

/// A Windows loader of the boot configuration store, or a line of boot.ini.
struct BootLoaderObject {
    std::string id;     ///< "{GUID}"; of boot.ini "line 4"
    std::string where;  ///< its key, or "C:\\boot.ini:4"
    std::string description, path;
    bool is_recovery = false;  ///< WinPE, the Recovery Console
    std::optional<std::uint64_t> safe_boot, hypervisor_launch;
    bool has_ems = false, has_debugger = false;

    static void fields(auto& self, auto&& visit) {
        visit("id", self.id);
        visit("where", self.where);
        visit("description", self.description);
        visit("path", self.path);
        visit("is_recovery", self.is_recovery);
        visit("safe_boot", self.safe_boot);
        visit("hypervisor_launch", self.hypervisor_launch);
        visit("has_ems", self.has_ems);
        visit("has_debugger", self.has_debugger);
    }
};

/// What the firmware's loader reads to start Windows: the boot configuration store, or boot.ini of
/// Server 2003 and XP, told in the store's words.
struct BootStore {
    std::string where;  ///< the store's key, or "C:\\boot.ini"
    bool is_boot_ini = false;
    std::string default_loader;  ///< one of `loaders`, or a name that leads to none
    std::vector<std::string> display_order, one_time_sequence;
    std::vector<BootLoaderObject> loaders;
    bool has_ems = false;  ///< {emssettings}, or redirect= in boot.ini
    std::string ems_where;

    /// nullptr where the default leads to no loader.
    [[nodiscard]] const BootLoaderObject* default_entry() const {
        for (const auto& loader : loaders)
            if (loader.id == default_loader) return &loader;
        return nullptr;
    }

    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("is_boot_ini", self.is_boot_ini);
        visit("default_loader", self.default_loader);
        visit("display_order", self.display_order);
        visit("one_time_sequence", self.one_time_sequence);
        visit("loaders", self.loaders);
        visit("has_ems", self.has_ems);
        visit("ems_where", self.ems_where);
    }
};

/// What the firmware starts Windows by, looked for where it has to be.
struct BootFiles {
    std::string place;                          ///< "/Harddisk0Partition1", "/" of a mounted disk
    std::vector<std::string> present, missing;  ///< "bootmgr", "Boot\\BCD"

    static void fields(auto& self, auto&& visit) {
        visit("place", self.place);
        visit("present", self.present);
        visit("missing", self.missing);
    }
};

struct WindowsBootFacts {
    Fact<BootStore> store;
    Fact<BootFiles> boot_files;
    Fact<std::string> hibernation_mark;            ///< the first four bytes of hiberfil.sys: "hibr"
    Fact<std::vector<std::string>> iscsi_targets;  ///< keys of persistent logins
    Fact<std::vector<std::string>> paging_files;   ///< "C:\\pagefile.sys 4096 4096"
    Fact<std::vector<std::string>> boot_execute;   ///< "autocheck autochk *"
    Fact<std::uint64_t> fast_startup, hibernation;  ///< HiberbootEnabled, HibernateEnabled
    Fact<std::uint64_t> no_automount, san_policy;
    Fact<std::uint64_t> bitlocker;                   ///< BitLockerStatus, BootStatus
    Fact<Space> system_space;                        ///< of the file system with Windows
    Fact<std::string> system_partition;              ///< Setup: "\\Device\\HarddiskVolume1"
    Fact<std::string> partition_style;               ///< of C:, by MountedDevices: "MBR", "GPT"
    Fact<std::vector<std::string>> mounted_letters;  ///< "C:", fixed volumes with a signature
    Fact<std::vector<std::string>> ide_entries;      ///< 2003: CriticalDeviceDatabase
    Fact<std::vector<std::string>> profile_folders;  ///< ProfileList, ProfileImagePath
    Fact<std::string> profiles_directory;
    Fact<std::vector<std::string>> broken_profiles;  ///< ProfileList keys that end in .bak

    static void fields(auto& self, auto&& visit) {
        visit("store", self.store);
        visit("boot_files", self.boot_files);
        visit("hibernation_mark", self.hibernation_mark);
        visit("iscsi_targets", self.iscsi_targets);
        visit("paging_files", self.paging_files);
        visit("boot_execute", self.boot_execute);
        visit("fast_startup", self.fast_startup);
        visit("hibernation", self.hibernation);
        visit("no_automount", self.no_automount);
        visit("san_policy", self.san_policy);
        visit("bitlocker", self.bitlocker);
        visit("system_space", self.system_space);
        visit("system_partition", self.system_partition);
        visit("partition_style", self.partition_style);
        visit("mounted_letters", self.mounted_letters);
        visit("ide_entries", self.ide_entries);
        visit("profile_folders", self.profile_folders);
        visit("profiles_directory", self.profiles_directory);
        visit("broken_profiles", self.broken_profiles);
    }
};

}  // namespace guestprep
