// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

enum class LoaderKind : std::uint8_t { grub2, grub_legacy, lilo, elilo, extlinux, systemd_boot };
constexpr std::array<std::string_view, 6> enum_names(LoaderKind) {
    return {"grub2", "grub-legacy", "lilo", "elilo", "extlinux", "systemd-boot"};
}

/// A sign of a boot loader: a part of it that lies on a disk, or its configuration.
struct LoaderTrace {
    LoaderKind loader = LoaderKind::grub2;
    std::string path;
    bool is_program = false;  ///< a part of the loader itself, not its configuration
    bool is_efi = false;      ///< for UEFI firmware

    static void fields(auto& self, auto&& visit) {
        visit("loader", self.loader);
        visit("path", self.path);
        visit("is_program", self.is_program);
        visit("is_efi", self.is_efi);
    }
};

struct LoaderConfig {
    LoaderKind loader = LoaderKind::grub2;
    std::string path;
    std::string real_path;  ///< links resolved
    std::string same_as;    ///< the path of another one before it with the same content; or empty
    bool on_esp = false;    ///< in a folder of an EFI system partition
    bool is_stub = false;   ///< has no menu, only hands over to another configuration
    bool is_used = false;   ///< what the loader reads at the next boot, as far as files tell
    std::string unread;     ///< why it could not be read; empty where it was
    std::vector<std::string> problems;  ///< what the loader would stumble over

    static void fields(auto& self, auto&& visit) {
        visit("loader", self.loader);
        visit("path", self.path);
        visit("real_path", self.real_path);
        visit("same_as", self.same_as);
        visit("on_esp", self.on_esp);
        visit("is_stub", self.is_stub);
        visit("is_used", self.is_used);
        visit("unread", self.unread);
        visit("problems", self.problems);
    }
};

/// A file that a boot entry names.
struct BootFile {
    std::string written;       ///< as the loader sees it, without "/boot" where that is a partition
    std::string path;          ///< where it lies for the running system, links resolved
    Fact<std::uint64_t> size;  ///< bytes; absent where there is no such file

    static void fields(auto& self, auto&& visit) {
        visit("written", self.written);
        visit("path", self.path);
        visit("size", self.size);
    }
};

struct BootEntry {
    std::string title;
    std::string id;
    std::string where;         ///< "/boot/grub2/grub.cfg:97"
    std::string command_line;  ///< with variables expanded; secrets blotted out
    std::string command_line_where;
    BootFile kernel;  ///< nothing written: another system, or a tool
    std::vector<BootFile> initrds;
    std::string hypervisor;  ///< Xen's, started before the kernel
    bool chainloads = false;
    bool needs_password = false;  ///< does not start by itself

    static void fields(auto& self, auto&& visit) {
        visit("title", self.title);
        visit("id", self.id);
        visit("where", self.where);
        visit("command_line", self.command_line);
        visit("command_line_where", self.command_line_where);
        visit("kernel", self.kernel);
        visit("initrds", self.initrds);
        visit("hypervisor", self.hypervisor);
        visit("chainloads", self.chainloads);
        visit("needs_password", self.needs_password);
    }
};

/// Which entry starts at the next boot, and what says so.
struct DefaultBoot {
    std::uint64_t entry = 0;  ///< index in BootFacts::entries
    std::string setting;      ///< value of the loader's default; may be empty
    std::string where;        ///< the file that decides
    std::string why;
    bool fell_back = false;  ///< the setting names no entry

    static void fields(auto& self, auto&& visit) {
        visit("entry", self.entry);
        visit("setting", self.setting);
        visit("where", self.where);
        visit("why", self.why);
        visit("fell_back", self.fell_back);
    }
};

/// GRUB 2's environment block.
struct EnvironmentBlock {
    std::string path;
    bool has_header = false;
    bool has_right_size = false;
    std::map<std::string, std::string> variables;

    static void fields(auto& self, auto&& visit) {
        visit("path", self.path);
        visit("has_header", self.has_header);
        visit("has_right_size", self.has_right_size);
        visit("variables", self.variables);
    }
};

/// A kernel command line kept for entries that are yet to be written: /etc/default/grub and others.
struct CommandLineSource {
    std::string where;
    std::string text;

    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("text", self.text);
    }
};

/// Drivers by name, "_" for "-", of those that a machine in EC2 may need.
struct KernelModules {
    std::vector<std::string> loadable;
    std::vector<std::string> built_in;
    std::vector<std::string> sources;  ///< the files that say so

    static void fields(auto& self, auto&& visit) {
        visit("loadable", self.loadable);
        visit("built_in", self.built_in);
        visit("sources", self.sources);
    }
};

struct Initramfs {
    std::vector<std::string> parts;  ///< "/boot/initrd.img-6.1: cpio at 0, zstd at 48640"
    std::uint64_t files = 0;
    std::uint64_t modules = 0;
    std::vector<std::string> drivers;   ///< of those that matter, for the kernel that it is for
    std::vector<std::string> versions;  ///< kernel versions that it holds modules of
    bool made_by_dracut = false;
    bool has_lvm_devices_file = false;  ///< etc/lvm/devices/system.devices

    static void fields(auto& self, auto&& visit) {
        visit("parts", self.parts);
        visit("files", self.files);
        visit("modules", self.modules);
        visit("drivers", self.drivers);
        visit("versions", self.versions);
        visit("made_by_dracut", self.made_by_dracut);
        visit("has_lvm_devices_file", self.has_lvm_devices_file);
    }
};

/// How the next initramfs will be built, by the configuration of the tool that builds it.
struct InitramfsSettings {
    std::string tool;        ///< "dracut", "initramfs-tools", "mkinitrd"
    bool host_only = false;  ///< only drivers of this machine's hardware
    std::string where;       ///< the file and line that say so; empty for the tool's own default
    std::vector<std::string> added;  ///< drivers asked for by name, of those that matter

    static void fields(auto& self, auto&& visit) {
        visit("tool", self.tool);
        visit("host_only", self.host_only);
        visit("where", self.where);
        visit("added", self.added);
    }
};

struct KernelPackage {
    std::string name;
    std::string vendor;  ///< rpm's VENDOR, dpkg's Maintainer

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("vendor", self.vendor);
    }
};

/// A kernel that an entry of the boot menu starts.
struct Kernel {
    std::string where;  ///< the entry, "/boot/grub2/grub.cfg:97"
    std::string path;
    std::string version;         ///< "5.14.0-427.el9.x86_64"
    std::string version_source;  ///< where that was read: the file's name or its header
    std::string header_version;  ///< what the kernel file says of itself; empty where it does not
    bool has_modules_folder = false;
    Fact<KernelModules> modules;
    Fact<Initramfs> initramfs;    ///< absent where the entry names none
    Fact<KernelPackage> package;  ///< absent where no package owns the kernel

    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("path", self.path);
        visit("version", self.version);
        visit("version_source", self.version_source);
        visit("header_version", self.header_version);
        visit("has_modules_folder", self.has_modules_folder);
        visit("modules", self.modules);
        visit("initramfs", self.initramfs);
        visit("package", self.package);
    }
};

struct BootFacts {
    std::vector<LoaderTrace> loaders;
    std::vector<LoaderConfig> configs;
    std::vector<std::string> unread_folders;  ///< where more of them may lie
    std::vector<BootEntry> entries;
    Fact<DefaultBoot> default_boot;
    Fact<std::string> timeout;  ///< of the menu, in seconds; "-1" waits for a key
    Fact<EnvironmentBlock> environment;
    bool uses_bls = false;          ///< entries come from /boot/loader/entries
    bool default_is_saved = false;  ///< the configuration takes the default from saved_entry
    /// GRUB_* of /etc/default/grub, and of what Debian lays over it, the last of each.
    Fact<std::map<std::string, std::string>> default_grub;
    std::vector<CommandLineSource> other_command_lines;
    Fact<Kernel> kernel;  ///< of the default entry
    /// Those that the menu offers besides, each with its initramfs once; who made them is not
    /// asked.
    std::vector<Kernel> other_kernels;
    std::uint64_t kernels_left_out = 0;  ///< more of them than are looked at
    Fact<InitramfsSettings> initramfs_settings;
    /// The loader that firmware starts from a disk that it does not know, EFI/BOOT/BOOTX64.EFI:
    /// its path; bad_syntax where that file is no program.
    Fact<std::string> efi_fallback;
    std::vector<std::string> installed_kernels;  ///< versions that have modules

    static void fields(auto& self, auto&& visit) {
        visit("loaders", self.loaders);
        visit("configs", self.configs);
        visit("unread_folders", self.unread_folders);
        visit("entries", self.entries);
        visit("default_boot", self.default_boot);
        visit("timeout", self.timeout);
        visit("environment", self.environment);
        visit("uses_bls", self.uses_bls);
        visit("default_is_saved", self.default_is_saved);
        visit("default_grub", self.default_grub);
        visit("other_command_lines", self.other_command_lines);
        visit("kernel", self.kernel);
        visit("other_kernels", self.other_kernels);
        visit("kernels_left_out", self.kernels_left_out);
        visit("initramfs_settings", self.initramfs_settings);
        visit("efi_fallback", self.efi_fallback);
        visit("installed_kernels", self.installed_kernels);
    }

    /// The entry that starts at the next boot; null where it is not known.
    [[nodiscard]] const BootEntry* default_entry() const {
        if (!default_boot || default_boot->entry >= entries.size()) return nullptr;
        return &entries[static_cast<std::size_t>(default_boot->entry)];
    }
};

}  // namespace guestprep
