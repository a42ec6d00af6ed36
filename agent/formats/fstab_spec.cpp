// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <span>

#include "agent/core/text.h"
#include "agent/formats/fstab.h"

namespace guestprep {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz";

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
    return std::ranges::find(words, word) != words.end();
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

/// Cuts the run of `of` at the front; true where there was one.
bool take_run(std::string_view& text, std::string_view of) {
    const auto length = std::min(text.find_first_not_of(of), text.size());
    text.remove_prefix(length);
    return length != 0;
}

/// sda, sda1, xvdaa12: a driver's prefix, letters, perhaps a partition number.
bool is_lettered_disk(std::string_view name) {
    for (const std::string_view driver : {"sd", "hd", "vd", "xvd", "ubd", "dasd"}) {
        auto rest = name;
        if (!take(rest, driver) || !take_run(rest, kLetters)) continue;
        take_run(rest, kDigits);
        if (rest.empty()) return true;
    }
    return false;
}

/// nvme0n1p2, mmcblk0p1, cciss/c0d0p1, ida/c0d0, rd/c0d1p3.
bool is_numbered_disk(std::string_view name) {
    constexpr std::array<std::array<std::string_view, 2>, 6> kShapes = {{{"nvme", "n"},
                                                                         {"mmcblk", ""},
                                                                         {"cciss/c", "d"},
                                                                         {"ida/c", "d"},
                                                                         {"rd/c", "d"},
                                                                         {"pmem", ""}}};
    for (const auto& [driver, unit] : kShapes) {
        auto rest = name;
        if (!take(rest, driver) || !take_run(rest, kDigits)) continue;
        if (!unit.empty() && (!take(rest, unit) || !take_run(rest, kDigits))) continue;
        if (rest.empty() || (take(rest, "p") && take_run(rest, kDigits) && rest.empty()))
            return true;
    }
    return false;
}

/// wd0a, ada1p2, da0s1a, vtbd0p3.
bool is_bsd_name(std::string_view name) {
    for (const std::string_view driver :
         {"ada", "ad", "da", "wd", "sd", "vtbd", "nvd", "nda", "ld", "xbd", "mfid", "raid"}) {
        auto rest = name;
        if (!take(rest, driver) || !take_run(rest, kDigits)) continue;
        if (take(rest, "p") || take(rest, "s")) take_run(rest, kDigits);
        if (rest.size() == 1 && rest[0] >= 'a' && rest[0] <= 'p') rest.remove_prefix(1);
        if (rest.empty()) return true;
    }
    return false;
}

bool is_optical_name(std::string_view name) {
    for (const std::string_view drive :
         {"sr", "scd", "cdrom", "cdrw", "dvd", "dvdrw", "dvdram", "cd", "acd", "pcd", "bluray"}) {
        auto rest = name;
        if (!take(rest, drive)) continue;
        take(rest, "-");
        take_run(rest, kDigits);
        if (rest.empty()) return true;
    }
    return false;
}

SpecKind by_link_kind(std::string_view spec) {
    constexpr std::array<std::pair<std::string_view, SpecKind>, 6> kLinks = {
        {{"by-id/", SpecKind::by_id},
         {"by-path/", SpecKind::by_path},
         {"by-uuid/", SpecKind::by_uuid},
         {"by-label/", SpecKind::by_label},
         {"by-partuuid/", SpecKind::by_partuuid},
         {"by-partlabel/", SpecKind::by_partlabel}}};
    for (const auto& [folder, kind] : kLinks)
        if (spec.starts_with(folder)) return kind;
    return SpecKind::other;
}

/// `name` is what follows "/dev/".
SpecKind device_kind(std::string_view name) {
    if (take(name, "disk/")) return by_link_kind(name);
    if (name.starts_with("mapper/")) return SpecKind::mapper;
    auto array = name;
    if (take(array, "md") && (array.starts_with('/') || array.starts_with("_d") ||
                              (take_run(array, kDigits) && (array.empty() || array[0] == 'p'))))
        return SpecKind::md;
    if (is_lettered_disk(name) || is_numbered_disk(name)) return SpecKind::kernel_name;
    if (is_optical_name(name)) return SpecKind::optical;
    if (is_bsd_name(name)) return SpecKind::bsd_name;
    // A folder of /dev that neither the kernel nor udev nor a BSD makes is a volume group.
    constexpr std::string_view kFolders[] = {
        "block",  "bus", "char",  "cciss",  "cpu",   "dri",      "evms", "fd",
        "floppy", "gpt", "gptid", "ida",    "input", "label",    "loop", "mqueue",
        "net",    "pts", "ram",   "raw",    "rd",    "shm",      "snd",  "ufs",
        "ufsid",  "usb", "zvol",  "diskid", "nbd",   "hugepages"};
    const auto parts = split(name, '/');
    if (parts.size() == 2 && !parts[0].empty() && !parts[1].empty() &&
        !is_one_of(parts[0], kFolders))
        return SpecKind::lvm;
    return SpecKind::other;
}

bool is_pseudo_type(std::string_view type) {
    constexpr std::string_view kTypes[] = {
        "proc",       "sysfs",     "tmpfs",      "ramfs",      "devtmpfs",    "devpts",  "debugfs",
        "tracefs",    "cgroup",    "cgroup2",    "securityfs", "configfs",    "pstore",  "bpf",
        "mqueue",     "hugetlbfs", "usbfs",      "usbdevfs",   "binfmt_misc", "fusectl", "efivarfs",
        "rpc_pipefs", "nfsd",      "autofs",     "overlay",    "aufs",        "rootfs",  "devfs",
        "procfs",     "fdescfs",   "linprocfs",  "linsysfs",   "mfs",         "kernfs",  "ptyfs",
        "selinuxfs",  "ipathfs",   "openpromfs", "swapfs",     "spufs",       "capifs",  "shm"};
    return is_one_of(type, kTypes);
}

bool is_network_spec(std::string_view spec) {
    if (spec.starts_with("//") || spec.starts_with("\\\\")) return true;
    if (spec.starts_with('/')) return false;
    return contains(spec, ":/") || contains(spec, "://") ||
           (contains(spec, "#") && contains(spec, ":"));
}

bool is_network_type(std::string_view type) {
    constexpr std::string_view kTypes[] = {
        "nfs",    "nfs4",      "cifs", "smbfs",  "smb3", "sshfs", "glusterfs",
        "ceph",   "ncpfs",     "ncp",  "afs",    "coda", "davfs", "davfs2",
        "lustre", "curlftpfs", "s3fs", "beegfs", "gpfs", "pvfs2", "orangefs"};
    if (type.starts_with("fuse.")) type.remove_prefix(5);
    return is_one_of(type, kTypes);
}

}  // namespace

SpecKind spec_kind(std::string_view spec, std::string_view type) {
    constexpr std::array<std::pair<std::string_view, SpecKind>, 5> kTags = {
        {{"UUID=", SpecKind::uuid},
         {"LABEL=", SpecKind::label},
         {"PARTUUID=", SpecKind::partuuid},
         {"PARTLABEL=", SpecKind::partlabel},
         {"ID=", SpecKind::by_id}}};
    for (const auto& [tag, kind] : kTags)
        if (spec.starts_with(tag)) return kind;
    if (is_pseudo_type(type)) return SpecKind::pseudo;
    if (take(spec, "/dev/")) return device_kind(spec);
    if (is_network_spec(spec) || is_network_type(type)) return SpecKind::network;
    if (spec.starts_with('/')) return SpecKind::file;
    constexpr std::string_view kNothing[] = {"none", "nodev", "nodevice"};
    return is_one_of(spec, kNothing) || is_pseudo_type(spec) ? SpecKind::pseudo : SpecKind::other;
}

std::string_view spec_tag_value(std::string_view spec) {
    if (spec.starts_with("/dev/disk/by-")) return spec.substr(spec.rfind('/') + 1);
    const auto equals = spec.find('=');
    if (spec.starts_with('/') || equals == std::string_view::npos) return {};
    return spec.substr(equals + 1);
}

bool FstabEntry::is_optical() const {
    if (kind == SpecKind::optical) return true;
    return std::ranges::any_of(split(type, ','), [](std::string_view one) {
        return one == "iso9660" || one == "udf" || one == "cd9660";
    });
}

bool FstabEntry::is_network() const { return kind == SpecKind::network || is_network_type(type); }

}  // namespace guestprep
