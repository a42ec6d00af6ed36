// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/fstab_at_boot.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

bool has_udev_links(const BlockDevice& device) {
    return std::ranges::any_of(device.names, [](const std::string& name) {
        return name.starts_with("/dev/disk/by-uuid/");
    });
}

/// A device whose content nobody could read may be the one that a UUID means.
bool may_be_unseen(const std::vector<BlockDevice>& devices) {
    if (std::ranges::any_of(devices, has_udev_links)) return false;
    return std::ranges::any_of(devices, [](const BlockDevice& device) {
        return !device.unread.empty() && device.size != 0 && device.kind != DeviceKind::rom;
    });
}

/// Links of LVM, RAID and encryption carry the ID of what lies on the disk, those of multipath and
/// of disks the serial number of the old hardware.
bool is_id_of_hardware(std::string_view spec) {
    const auto name = spec_tag_value(spec);
    if (contains(name, "mpath")) return true;
    return std::ranges::none_of(
        std::initializer_list<std::string_view>{"dm-", "md-", "lvm-pv-uuid-"},
        [&](std::string_view stable) { return name.starts_with(stable); });
}

}  // namespace

bool changes_on_other_hardware(const FstabEntry& entry) {
    if (entry.is_optical()) return false;
    if (entry.kind == SpecKind::kernel_name || entry.kind == SpecKind::by_path) return true;
    return entry.kind == SpecKind::by_id && is_id_of_hardware(entry.spec);
}

bool argument_changes_on_other_hardware(std::string_view spec) {
    switch (spec_kind(spec, "")) {
        case SpecKind::kernel_name:
        case SpecKind::by_path:
            return true;
        case SpecKind::by_id:
            return is_id_of_hardware(spec);
        case SpecKind::other:
            return to_number(spec, 16).has_value();
        default:
            return false;
    }
}

std::string effect_variant(AtBoot worst, std::string_view milder) {
    switch (worst) {
        case AtBoot::stopped:
            return {};
        case AtBoot::same_root:
            return "root";
        case AtBoot::no_swap:
            return "swap";
        default:
            return std::string(milder);
    }
}

AtBoot when_missing(const FstabEntry& entry, InitSystem init) {
    // nobootwait: mountall of Ubuntu 10.04 to 14.10. _netdev: mounted after the network, where a
    // failure stops neither systemd nor the old netfs script.
    if (entry.kind == SpecKind::pseudo || entry.is_on_demand() || entry.has_option("nofail") ||
        entry.has_option("nobootwait"))
        return AtBoot::untouched;
    if (entry.is_swap()) return AtBoot::no_swap;
    if (entry.has_option("_netdev") || entry.is_network()) return AtBoot::skipped;
    const bool is_checked = !entry.pass.empty() && entry.pass != "0";
    // Seen on a real machine: with root=UUID= on the kernel's line systemd mounts that root
    // whatever fstab calls it. Older boot scripts run fsck on the name in fstab.
    if (entry.mount_point == "/")
        return init == InitSystem::systemd || !is_checked ? AtBoot::same_root : AtBoot::stopped;
    // The old scripts stop for fsck only: a failing "mount -a" is a message to them.
    if ((init == InitSystem::sysv || init == InitSystem::openrc) && !is_checked)
        return AtBoot::skipped;
    return AtBoot::stopped;
}

Presence presence_of(const FstabEntry& entry, const StorageFacts& storage) {
    // The instance has no optical drive, whatever this machine has.
    if (entry.is_optical() && entry.kind != SpecKind::file) return Presence::missing;
    switch (entry.kind) {
        case SpecKind::pseudo:
        case SpecKind::network:
            return Presence::there;
        case SpecKind::file:
            return std::ranges::find(storage.fstab->missing_files, entry.spec) ==
                           storage.fstab->missing_files.end()
                       ? Presence::there
                       : Presence::missing;
        default:
            break;
    }
    const bool is_path = entry.spec.starts_with("/dev/");
    // A ZFS pool, a shared folder: nothing that a device list could tell.
    if (entry.kind == SpecKind::other && !is_path) return Presence::there;
    if (!storage.devices) return Presence::undetermined;
    if (!devices_named(storage, entry.spec).empty()) return Presence::there;
    if (const auto* mount = mount_at(storage, entry.mount_point);
        mount != nullptr && mount->source == entry.spec)
        return Presence::there;
    const bool by_content =
        !is_path || entry.kind == SpecKind::by_uuid || entry.kind == SpecKind::by_label;
    return by_content && may_be_unseen(*storage.devices) ? Presence::undetermined
                                                         : Presence::missing;
}

Evidence fstab_evidence(const FstabEntry& entry, std::string expected) {
    return {at_line("/etc/fstab", entry.line), entry.shown(), std::move(expected)};
}

std::optional<FstabEntry> resume_entry(const StorageFacts& storage) {
    if (!storage.resume || storage.resume->empty() || *storage.resume == "none" ||
        *storage.resume == "auto")
        return std::nullopt;
    FstabEntry entry;
    entry.spec = *storage.resume;
    entry.mount_point = "none";
    entry.type = "swap";
    entry.kind = spec_kind(entry.spec, entry.type);
    return entry;
}

bool is_stale_swap(const FstabEntry& entry, const StorageFacts& storage) {
    return changes_on_other_hardware(entry) || presence_of(entry, storage) == Presence::missing;
}

std::optional<Finding> finding_without_fstab(const StorageFacts& storage) {
    if (storage.fstab) return std::nullopt;
    if (storage.fstab.is_absent()) return not_applicable("there is no /etc/fstab");
    return unknown(storage.fstab.error());
}

std::string unique_uuid(const StorageFacts& storage, std::string_view spec) {
    const auto named = devices_named(storage, spec);
    if (named.size() != 1 || named.front()->uuid.empty()) return {};
    auto tag = "UUID=" + named.front()->uuid;
    return devices_named(storage, tag).size() == 1 ? tag : std::string();
}

bool is_host_folder(const FstabEntry& entry) {
    constexpr std::string_view kTypes[] = {"vboxsf", "vmhgfs",      "9p",
                                           "prl_fs", "virtiofs",    "fuse.vmhgfs-fuse",
                                           "hgfs",   "vmhgfs-fuse", "fuse.prl_fsd"};
    return std::ranges::find(kTypes, entry.type) != std::end(kTypes) ||
           entry.spec.starts_with(".host:");
}

std::string optional_at_boot(const OsFacts& os) {
    const bool has_mountall =
        os.init == InitSystem::upstart && os.distribution && os.distribution->id == "ubuntu";
    return has_mountall ? "nobootwait" : "nofail";
}

bool add_options(Fstab& fstab, std::size_t line, const std::vector<std::string>& wanted) {
    const auto entry = std::ranges::find(fstab.entries(), line, &FstabEntry::line);
    if (entry == fstab.entries().end()) return false;
    auto options = entry->options;
    for (const auto& option : wanted)
        if (std::ranges::find(options, option) == options.end()) options.push_back(option);
    if (options == entry->options) return true;
    return fstab.set_options(line, options);
}

ChangeSet fstab_change(const FstabFacts& before, const Fstab& after) {
    ChangeSet set;
    if (auto text = after.text(); text != before.text)
        set.changes.emplace_back(FileEdit{
            .path = GuestPath("/etc/fstab"), .before = before.text, .after = std::move(text)});
    return set;
}

}  // namespace guestprep
