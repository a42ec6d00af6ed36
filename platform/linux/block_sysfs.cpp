// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/block_sysfs.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kSector = 512;  // the kernel's unit in /sys, whatever the disk's own is

bool has_digit_after(std::string_view name, std::string_view prefix) {
    return name.starts_with(prefix) && name.size() > prefix.size() && name[prefix.size()] >= '0' &&
           name[prefix.size()] <= '9';
}

/// "cciss!c0d0" in /sys is /dev/cciss/c0d0.
std::string dev_path(std::string name) {
    std::ranges::replace(name, '!', '/');
    return "/dev/" + name;
}

std::uint32_t trailing_number(std::string_view name) {
    const auto last = name.find_last_not_of("0123456789");
    const auto digits = last == std::string_view::npos ? name : name.substr(last + 1);
    return static_cast<std::uint32_t>(to_number(digits).value_or(0));
}

class Sysfs {
public:
    explicit Sysfs(const FileReader& files) : files_(files) {
        // "drive name:\t\tsr0\thdc". IDE drives have no other mark in the /sys of old kernels.
        const auto info = files_.read(GuestPath("/proc/sys/dev/cdrom/info"));
        if (!info) return;
        for (const auto line : lines_of(*info))
            if (line.starts_with("drive name:"))
                for (const auto name : words_of(line.substr(11))) optical_.emplace(name);
    }

    void add_disk(const std::string& name, std::vector<BlockDevice>& devices) const {
        const auto folder = GuestPath("/sys/block") / name;
        auto device = described(folder, name);
        device.kind = kind_of(folder, name);
        // Each path of a multipath NVMe drive has a hidden entry beside the usable one.
        if (device.number.empty() || attribute(folder / "hidden") == "1") return;
        if (device.kind == DeviceKind::loop && device.size == 0) return;
        add_hardware(folder, device);
        add_mapper(folder, device);
        device.slaves = files_.list(folder / "slaves").value_or(std::vector<std::string>());
        const auto disk = device;
        devices.push_back(std::move(device));
        for (const auto& child : files_.list(folder).value_or(std::vector<std::string>()))
            if (child.starts_with(name)) add_partition(folder / child, child, disk, devices);
    }

private:
    std::string attribute(const GuestPath& path) const {
        const auto text = files_.read(path, std::size_t{1} << 16U);
        return text ? std::string(trimmed(*text)) : std::string();
    }
    std::uint64_t number_at(const GuestPath& path) const {
        return to_number(attribute(path)).value_or(0);
    }

    BlockDevice described(const GuestPath& folder, const std::string& name) const {
        BlockDevice device;
        device.kernel_name = name;
        std::ranges::replace(device.kernel_name, '!', '/');
        device.names = {dev_path(name)};
        device.number = attribute(folder / "dev");
        device.size = number_at(folder / "size") * kSector;
        device.removable = attribute(folder / "removable") == "1";
        device.read_only = attribute(folder / "ro") == "1";
        return device;
    }

    DeviceKind kind_of(const GuestPath& folder, const std::string& name) const {
        if (optical_.contains(name) || has_digit_after(name, "sr")) return DeviceKind::rom;
        if (has_digit_after(name, "loop")) return DeviceKind::loop;
        if (name.starts_with("dm-")) return DeviceKind::mapper;
        if (has_digit_after(name, "md")) return DeviceKind::md;
        if (has_digit_after(name, "fd")) return DeviceKind::other;
        if (files_.exists(folder / "device")) return DeviceKind::disk;
        for (const std::string_view disk : {"sd", "hd", "vd", "xvd", "nvme", "cciss!", "mmcblk"})
            if (name.starts_with(disk)) return DeviceKind::disk;
        return DeviceKind::other;
    }

    void add_hardware(const GuestPath& folder, BlockDevice& device) const {
        if (device.kind != DeviceKind::disk && device.kind != DeviceKind::rom) return;
        device.vendor = attribute(folder / "device/vendor");
        device.model = attribute(folder / "device/model");
        const auto place = files_.resolve(folder / "device");
        if (!place) return;
        constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kMarks = {
            {{"/usb", "usb"},
             {"/session", "iscsi"},
             {"/rport-", "fc"},
             {"/virtio", "virtio"},
             {"/nvme", "nvme"},
             {"/ata", "ata"},
             {"/vbd-", "xen"},
             {"/ide", "ide"},
             {"/host", "scsi"}}};
        const auto found = std::ranges::find_if(
            kMarks, [&](const auto& mark) { return contains(place->str(), mark.first); });
        if (found != kMarks.end()) device.bus = found->second;
    }

    void add_mapper(const GuestPath& folder, BlockDevice& device) const {
        if (device.kind != DeviceKind::mapper) return;
        device.mapper_uuid = attribute(folder / "dm/uuid");
        if (const auto name = attribute(folder / "dm/name"); !name.empty())
            device.names.push_back("/dev/mapper/" + name);
        // A read would wait until somebody resumes it.
        if (attribute(folder / "dm/suspended") == "1") device.unread = "it is suspended";
    }

    void add_partition(const GuestPath& folder, const std::string& name, const BlockDevice& disk,
                       std::vector<BlockDevice>& devices) const {
        if (!files_.exists(folder / "start")) return;
        auto device = described(folder, name);
        if (device.number.empty()) return;
        device.kind = DeviceKind::partition;
        device.disk = disk.kernel_name;
        device.removable = disk.removable;
        device.start = number_at(folder / "start") * kSector;
        const auto number = number_at(folder / "partition");
        device.partition_number =
            number != 0 ? static_cast<std::uint32_t>(number) : trailing_number(name);
        devices.push_back(std::move(device));
    }

    const FileReader& files_;
    std::set<std::string> optical_;
};

/// The whole disk that a name in /proc/partitions belongs to; empty for a whole disk.
std::string disk_of(const std::string& name, const std::vector<BlockDevice>& devices) {
    for (const auto& device : devices) {
        if (!device.disk.empty() || !name.starts_with(device.kernel_name)) continue;
        std::string_view rest = std::string_view(name).substr(device.kernel_name.size());
        if (rest.starts_with('p')) rest.remove_prefix(1);
        if (to_number(rest)) return device.kernel_name;
    }
    return {};
}

Result<std::vector<BlockDevice>> devices_of_proc(const FileReader& files) {
    const auto table = files.read(GuestPath("/proc/partitions"));
    if (!table) return failure(Errc::unsupported, "neither /sys/block nor /proc/partitions");
    std::vector<BlockDevice> devices;
    for (const auto line : lines_of(*table)) {
        const auto fields = words_of(line);
        if (fields.size() < 4 || !to_number(fields[0]) || fields[3].starts_with("ram")) continue;
        BlockDevice device;
        device.kernel_name = fields[3];
        device.names = {"/dev/" + device.kernel_name};
        device.number = std::string(fields[0]) + ":" + std::string(fields[1]);
        device.size = to_number(fields[2]).value_or(0) * 1024;
        device.disk = disk_of(device.kernel_name, devices);
        const std::string_view name = device.kernel_name;
        device.kind = !device.disk.empty()            ? DeviceKind::partition
                      : name.starts_with("dm-")       ? DeviceKind::mapper
                      : has_digit_after(name, "md")   ? DeviceKind::md
                      : has_digit_after(name, "loop") ? DeviceKind::loop
                      : has_digit_after(name, "sr")   ? DeviceKind::rom
                                                      : DeviceKind::disk;
        if (!device.disk.empty()) device.partition_number = trailing_number(name);
        devices.push_back(std::move(device));
    }
    return devices;
}

/// "\x20" of udev's ..._ENC values.
std::string unescape_udev(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = i + 3 < text.size() && text[i] == '\\' && text[i + 1] == 'x'
                              ? to_number(text.substr(i + 2, 2), 16)
                              : std::nullopt;
        out += byte ? static_cast<char>(*byte) : text[i];
        if (byte) i += 3;
    }
    return out;
}

}  // namespace

Result<std::vector<BlockDevice>> devices_of_kernel(const FileReader& files) {
    const auto names = files.list(GuestPath("/sys/block"));
    if (!names) return devices_of_proc(files);
    const Sysfs sysfs(files);
    std::vector<BlockDevice> devices;
    for (const auto& name : *names)
        if (!has_digit_after(name, "ram")) sysfs.add_disk(name, devices);
    return devices;
}

bool take_udev_record(const FileReader& files, BlockDevice& device) {
    const auto record = files.read(GuestPath("/run/udev/data/b" + device.number));
    if (!record) return false;
    std::map<std::string_view, std::string_view> values;
    for (const auto line : lines_of(*record)) {
        const auto equals = line.find('=');
        if (line.starts_with("E:") && equals != std::string_view::npos)
            values[line.substr(2, equals - 2)] = line.substr(equals + 1);
    }
    // A record without any of these was written before the content was looked at.
    if (values.empty()) return false;
    device.usage = values["ID_FS_USAGE"];
    device.type = values["ID_FS_TYPE"];
    device.uuid = unescape_udev(values["ID_FS_UUID_ENC"]);
    device.label = unescape_udev(values["ID_FS_LABEL_ENC"]);
    if (device.kind != DeviceKind::partition) device.table = values["ID_PART_TABLE_TYPE"];
    device.partition_type = lowercase(values["ID_PART_ENTRY_TYPE"]);
    device.partition_uuid = values["ID_PART_ENTRY_UUID"];
    device.partition_label = unescape_udev(values["ID_PART_ENTRY_NAME"]);
    device.active =
        values["ID_PART_ENTRY_FLAGS"] == "0x80" && values["ID_PART_ENTRY_SCHEME"] == "dos";
    if (device.kind == DeviceKind::disk) device.boot_code = "unknown";
    return true;
}

}  // namespace guestprep
