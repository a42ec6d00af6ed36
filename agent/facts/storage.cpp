// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/storage.h"

#include <algorithm>
#include <array>
#include <set>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::string_view kEspType = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";
constexpr std::size_t kMostDepth = 16;  // LVM over RAID over LUKS over ... has an end

bool lies_below(std::string_view path, std::string_view directory) {
    if (directory == "/" || path == directory) return true;
    return path.starts_with(directory) && path[directory.size()] == '/';
}

/// The link that udev makes for a label: bytes it does not trust become "\x2f".
std::string udev_encoded(std::string_view text) {
    constexpr std::string_view kHex = "0123456789abcdef";
    constexpr std::string_view kPlain = "#+-.:=@_";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                           (c >= 'a' && c <= 'z') || byte >= 0x80 || contains(kPlain, {&c, 1});
        if (plain) {
            out += c;
        } else {
            out += "\\x";
            out += kHex[byte / 16];
            out += kHex[byte % 16];
        }
    }
    return out;
}

/// /dev/vg/lv is /dev/mapper/vg-lv, where a '-' inside a name is doubled.
std::string mapper_name(std::string_view lvm_path) {
    std::string out = "/dev/mapper/";
    for (const char c : lvm_path.substr(std::string_view("/dev/").size())) {
        if (c == '-') out += '-';
        out += c == '/' ? '-' : c;
    }
    return out;
}

bool is_called(const BlockDevice& device, std::string_view path) {
    return std::ranges::find(device.names, path) != device.names.end();
}

/// By what its own superblock or partition table says, or by the link that udev made of it.
bool fits_tag(const BlockDevice& device, SpecKind kind, const std::string& value) {
    const auto link = [&](std::string_view folder) {
        return is_called(device, "/dev/disk/" + std::string(folder) + "/" + udev_encoded(value));
    };
    switch (kind) {
        case SpecKind::uuid:
            return device.uuid == value || link("by-uuid");
        case SpecKind::label:
            return device.label == value || link("by-label");
        case SpecKind::partuuid:
            return equal_ignoring_case(device.partition_uuid, value) || link("by-partuuid");
        case SpecKind::partlabel:
            return device.partition_label == value || link("by-partlabel");
        case SpecKind::by_uuid:
            return device.uuid == value;
        case SpecKind::by_partuuid:
            return device.partition_uuid == value;
        case SpecKind::by_label:
            return udev_encoded(device.label) == value;
        case SpecKind::by_partlabel:
            return udev_encoded(device.partition_label) == value;
        default:
            return false;
    }
}

bool is_slave_of_any(const BlockDevice& device, const DeviceList& others) {
    return std::ranges::any_of(others, [&](const BlockDevice* other) {
        return std::ranges::find(other->slaves, device.kernel_name) != other->slaves.end();
    });
}

void add_once(DeviceList& list, const BlockDevice* device) {
    if (std::ranges::find(list, device) == list.end()) list.push_back(device);
}

void descend(const StorageFacts& storage, const BlockDevice& device, std::size_t depth,
             DeviceList& seen) {
    if (depth > kMostDepth || std::ranges::find(seen, &device) != seen.end()) return;
    seen.push_back(&device);
    auto below = device.slaves;
    if (!device.disk.empty()) below = {device.disk};
    // All paths lead to one disk.
    if (device.mapper_uuid.starts_with("mpath-") && below.size() > 1) below.resize(1);
    for (const auto& name : below)
        if (const auto* next = device_called(storage, name))
            descend(storage, *next, depth + 1, seen);
}

/// A Btrfs file system may lie on several devices; each carries its UUID.
DeviceList all_members(const StorageFacts& storage, const BlockDevice& device) {
    DeviceList members = {&device};
    if (device.type == "btrfs" && !device.uuid.empty())
        for (const auto& other : *storage.devices)
            if (other.type == "btrfs" && other.uuid == device.uuid) add_once(members, &other);
    return members;
}

const BlockDevice* device_mounted(const StorageFacts& storage, const Mount& mount) {
    // Btrfs and others without a device of their own have numbers 0:x.
    if (!mount.number.empty() && !mount.number.starts_with("0:"))
        for (const auto& device : *storage.devices)
            if (device.number == mount.number) return &device;
    const auto named = devices_named(storage, mount.source);
    return named.size() == 1 ? named.front() : nullptr;
}

}  // namespace

const Mount* mount_at(const StorageFacts& storage, std::string_view directory) {
    const Mount* found = nullptr;
    if (storage.mounts)
        for (const auto& mount : *storage.mounts)
            if (mount.mount_point == directory) found = &mount;
    return found;
}

const Mount* mount_of(const StorageFacts& storage, std::string_view path) {
    const Mount* found = nullptr;
    if (storage.mounts)
        for (const auto& mount : *storage.mounts)
            if (lies_below(path, mount.mount_point) &&
                (found == nullptr || mount.mount_point.size() >= found->mount_point.size()))
                found = &mount;
    return found;
}

const FstabEntry* fstab_entry_at(const StorageFacts& storage, std::string_view directory) {
    const FstabEntry* found = nullptr;
    if (storage.fstab)
        for (const auto& entry : storage.fstab->entries)
            if (entry.mount_point == directory && !entry.is_swap()) found = &entry;
    return found;
}

DeviceList devices_named(const StorageFacts& storage, std::string_view spec) {
    DeviceList found;
    if (!storage.devices) return found;
    const auto kind = spec_kind(spec, "");
    const std::string value(spec_tag_value(spec));
    const auto mapper = kind == SpecKind::lvm ? mapper_name(spec) : std::string();
    for (const auto& device : *storage.devices) {
        const bool by_name =
            is_called(device, spec) || (!mapper.empty() && is_called(device, mapper));
        if (by_name || (!value.empty() && fits_tag(device, kind, value))) found.push_back(&device);
    }
    // The members of a mirror, the paths of a multipath disk and the origin of a snapshot say the
    // same as what is made of them: that is what gets mounted.
    const auto all = found;
    std::erase_if(found, [&](const BlockDevice* device) { return is_slave_of_any(*device, all); });
    return found;
}

const BlockDevice* device_called(const StorageFacts& storage, std::string_view kernel_name) {
    if (!storage.devices) return nullptr;
    const auto found = std::ranges::find(*storage.devices, kernel_name, &BlockDevice::kernel_name);
    return found == storage.devices->end() ? nullptr : &*found;
}

DeviceList devices_below(const StorageFacts& storage, const BlockDevice& device) {
    DeviceList seen;
    descend(storage, device, 0, seen);
    return seen;
}

DeviceList disks_below(const StorageFacts& storage, const BlockDevice& device) {
    auto disks = devices_below(storage, device);
    std::erase_if(disks, [](const BlockDevice* one) { return one->kind != DeviceKind::disk; });
    return disks;
}

Result<const BlockDevice*> device_of(const StorageFacts& storage, std::string_view path) {
    if (!storage.devices) return std::unexpected(storage.devices.error());
    const BlockDevice* device = nullptr;
    const auto* entry = fstab_entry_at(storage, path);
    if (entry != nullptr && mount_at(storage, path) == nullptr) {
        // Told by fstab, not mounted now: noauto, or nothing is known of mounts.
        const auto named = devices_named(storage, entry->spec);
        if (named.size() == 1) device = named.front();
    } else if (const auto* mount = mount_of(storage, path)) {
        device = device_mounted(storage, *mount);
    } else if (!storage.mounts) {
        return std::unexpected(storage.mounts.error());
    }
    if (device == nullptr)
        return failure(Errc::unsupported,
                       "the device below " + std::string(path) + " cannot be told");
    return device;
}

Result<DeviceList> disks_of(const StorageFacts& storage, std::string_view path) {
    const auto found = device_of(storage, path);
    if (!found) return std::unexpected(found.error());
    const auto* device = *found;
    DeviceList disks;
    for (const auto* member : all_members(storage, *device))
        for (const auto* disk : disks_below(storage, *member)) add_once(disks, disk);
    if (disks.empty())
        return failure(Errc::unsupported, "no disk is known below " + device->names.front());
    return disks;
}

Result<DeviceList> whole_disks(const StorageFacts& storage) {
    if (!storage.devices) return std::unexpected(storage.devices.error());
    std::set<std::string> other_paths;
    for (const auto& device : *storage.devices)
        if (device.mapper_uuid.starts_with("mpath-") && device.slaves.size() > 1)
            other_paths.insert(device.slaves.begin() + 1, device.slaves.end());
    DeviceList disks;
    for (const auto& device : *storage.devices)
        if (device.kind == DeviceKind::disk && !device.removable && device.size != 0 &&
            device.bus != "usb" && device.bus != "iscsi" &&
            !other_paths.contains(device.kernel_name))
            disks.push_back(&device);
    return disks;
}

Result<DeviceList> boot_disks(const StorageFacts& storage) {
    auto disks = disks_of(storage, "/");
    if (!disks) return disks;
    const auto more = disks_of(storage, "/boot");
    if (!more) return more;
    for (const auto* disk : *more) add_once(*disks, disk);
    return disks;
}

bool is_esp(const BlockDevice& device) {
    return device.partition_type == kEspType || device.partition_type == "0xef";
}

std::string esp_directory(const StorageFacts& storage) {
    for (const std::string_view directory : {"/boot/efi", "/efi", "/boot"}) {
        const auto* mount = mount_at(storage, directory);
        const auto* entry = fstab_entry_at(storage, directory);
        if ((mount != nullptr && mount->type == "vfat") ||
            (entry != nullptr && (entry->type == "vfat" || entry->type == "msdos")))
            return std::string(directory);
    }
    return {};
}

std::string names_of(const DeviceList& devices) {
    std::vector<std::string> names;
    for (const auto* device : devices) names.push_back(device->kernel_name);
    return join(names, ", ");
}

std::string size_text(std::uint64_t bytes) {
    constexpr std::array<std::string_view, 5> kUnits = {"KiB", "MiB", "GiB", "TiB", "PiB"};
    if (bytes < 1024) return std::to_string(bytes) + " bytes";
    std::size_t unit = 0;
    std::uint64_t divisor = 1024;
    while (bytes / divisor >= 1024 && unit + 1 < kUnits.size()) {
        divisor *= 1024;
        ++unit;
    }
    // To the nearest, so that "less than 8 TiB", kept as 8 TiB less one byte, reads as meant.
    const auto tenths = (bytes / (divisor / 1024) * 10 + 512) / 1024;
    auto text = std::to_string(tenths / 10);
    if (tenths < 100) text += "." + std::to_string(tenths % 10);
    return text + " " + std::string(kUnits[unit]);
}

}  // namespace guestprep
