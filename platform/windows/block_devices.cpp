// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/block_devices.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstring>

#include "platform/any/first_sector.h"
#include "platform/windows/disks.h"
// Needs what windows.h declares.
#include <winioctl.h>

#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

constexpr unsigned kMostDisks = 256;
/// Numbers have gaps where a disk was taken away; so many of them are the end.
constexpr unsigned kMostGaps = 32;

struct VolumeTraits {
    using Type = HANDLE;
    static Type none() { return INVALID_HANDLE_VALUE; }
    static void close(Type handle) { ::FindVolumeClose(handle); }
};

/// Where a piece of a volume lies.
struct Extent {
    std::string disk;
    std::uint64_t start = 0;
    std::uint64_t size = 0;
};

/// "\\\\?\\Volume{...}\\" of every volume that the system knows.
std::vector<std::wstring> volume_names() {
    std::vector<std::wstring> names;
    std::array<wchar_t, MAX_PATH> name{};
    const Owned<VolumeTraits> search(::FindFirstVolumeW(name.data(), name.size()));
    if (!search) return names;
    do names.emplace_back(name.data());
    while (::FindNextVolumeW(search.get(), name.data(), name.size()) != FALSE);
    return names;
}

/// "C:", "D:\\data": where the system shows it.
std::vector<std::string> places_of(const std::wstring& volume) {
    std::wstring list(1024, L'\0');
    DWORD size = 0;
    while (::GetVolumePathNamesForVolumeNameW(volume.c_str(), list.data(),
                                              static_cast<DWORD>(list.size()), &size) == FALSE) {
        if (::GetLastError() != ERROR_MORE_DATA || size <= list.size()) return {};
        list.resize(size);
    }
    std::vector<std::string> places;
    for (const wchar_t* at = list.c_str(); *at != L'\0';) {
        std::wstring_view place(at);
        at += place.size() + 1;
        if (place.ends_with(L'\\')) place.remove_suffix(1);
        places.push_back(narrow(place));
    }
    return places;
}

/// "\\Device\\HarddiskVolume2", as the registry calls it; empty where the system does not say.
std::string kernel_name_of(const std::wstring& volume) {
    constexpr std::wstring_view kPrefix = LR"(\\?\)";
    if (!volume.starts_with(kPrefix) || !volume.ends_with(L'\\')) return {};
    const auto name = volume.substr(kPrefix.size(), volume.size() - kPrefix.size() - 1);
    std::array<wchar_t, MAX_PATH> target{};
    if (::QueryDosDeviceW(name.c_str(), target.data(), target.size()) == 0) return {};
    return narrow(target.data());
}

/// "C:" first; what a person does not know it by comes last.
void take_names(const std::wstring& volume, const std::vector<std::string>& places,
                BlockDevice& device) {
    device.names.insert(device.names.begin(), places.begin(), places.end());
    device.names.push_back(narrow(volume));
    if (auto name = kernel_name_of(volume); !name.empty()) device.names.push_back(std::move(name));
}

Result<std::vector<Extent>> extents_of(const std::wstring& volume) {
    // With its backslash the name is the root directory's.
    const auto device = open_device(volume.substr(0, volume.size() - 1));
    if (!device.handle) return std::unexpected(device.readable.error());
    const auto answer = asked(device.handle.get(), IOCTL_VOLUME_GET_VOLUME_DISK_EXTENTS, {}, 512);
    if (!answer) return std::unexpected(answer.error());
    constexpr std::size_t kHead = offsetof(VOLUME_DISK_EXTENTS, Extents);
    DWORD count = 0;
    if (answer->size() >= kHead) std::memcpy(&count, answer->data(), sizeof count);
    std::vector<Extent> extents;
    for (DWORD i = 0; i < count; ++i) {
        const auto at = kHead + i * sizeof(DISK_EXTENT);
        if (at + sizeof(DISK_EXTENT) > answer->size()) break;
        DISK_EXTENT extent{};
        std::memcpy(&extent, answer->data() + at, sizeof extent);
        extents.push_back({"PhysicalDrive" + std::to_string(extent.DiskNumber),
                           static_cast<std::uint64_t>(extent.StartingOffset.QuadPart),
                           static_cast<std::uint64_t>(extent.ExtentLength.QuadPart)});
    }
    return extents;
}

/// As libblkid calls it.
std::string type_name(const std::string& windows_name) {
    if (windows_name == "NTFS") return "ntfs";
    if (windows_name.starts_with("FAT")) return "vfat";
    if (windows_name == "exFAT") return "exfat";
    if (windows_name == "ReFS") return "refs";
    return windows_name;
}

/// Whether a check of the file system is due at the next start; needs an administrator.
CheckState check_state_of(const std::wstring& volume) {
    const auto device = open_device(volume.substr(0, volume.size() - 1));
    if (!device.handle) return {};
    const auto answer = asked(device.handle.get(), FSCTL_IS_VOLUME_DIRTY, {}, sizeof(ULONG));
    if (!answer || answer->size() < sizeof(ULONG)) return {};
    ULONG flags = 0;
    std::memcpy(&flags, answer->data(), sizeof flags);
    return {.is_known = true, .is_clean = (flags & VOLUME_IS_DIRTY) == 0};
}

/// File system and name of a volume.
void take_content(const std::wstring& volume, BlockDevice& device) {
    std::array<wchar_t, MAX_PATH + 1> label{};
    std::array<wchar_t, MAX_PATH + 1> type{};
    DWORD serial = 0;
    DWORD flags = 0;
    if (::GetVolumeInformationW(volume.c_str(), label.data(), label.size(), &serial, nullptr,
                                &flags, type.data(), type.size()) == FALSE) {
        const DWORD error = ::GetLastError();
        // A volume without a file system that this Windows knows: raw, or encrypted and locked.
        device.unread = error == ERROR_UNRECOGNIZED_VOLUME
                            ? "it has no file system that Windows can read"
                            : windows_error(error).message;
        return;
    }
    device.usage = "filesystem";
    device.type = type_name(narrow(type.data()));
    device.label = narrow(label.data());
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04lX-%04lX", serial >> 16U, serial & 0xffffUL);
    device.uuid = text.data();
    device.read_only = (flags & FILE_READ_ONLY_VOLUME) != 0;
    if (device.type == "ntfs") device.check = check_state_of(volume);
}

std::uint64_t size_on_drive(const std::wstring& volume) {
    ULARGE_INTEGER total{};
    if (::GetDiskFreeSpaceExW(volume.c_str(), nullptr, &total, nullptr) == FALSE) return 0;
    return total.QuadPart;
}

BlockDevice optical_drive(const std::wstring& volume, const std::vector<std::string>& places) {
    BlockDevice drive;
    drive.kind = DeviceKind::rom;
    drive.kernel_name = places.empty() ? narrow(volume) : places.front();
    take_names(volume, places, drive);
    drive.removable = true;
    take_content(volume, drive);
    drive.medium = drive.unread.empty() ? Medium::present : Medium::unknown;
    if (drive.unread == windows_error(ERROR_NOT_READY).message) {
        drive.medium = Medium::absent;
        drive.unread.clear();
    }
    return drive;
}

/// Of a volume that is no partition: what its first piece begins with.
Truth encrypted_at(const std::vector<Extent>& extents) {
    if (extents.empty()) return Truth::unknown;
    const auto disk = open_device(wide("\\\\.\\" + extents.front().disk));
    if (!disk.readable) return Truth::unknown;
    const auto sector = sector_at(disk.handle.get(), extents.front().start);
    if (!sector) return Truth::unknown;
    return is_bitlocker(*sector) ? Truth::yes : Truth::no;
}

BlockDevice* partition_at(std::vector<BlockDevice>& devices, const Extent& extent) {
    const auto found = std::ranges::find_if(devices, [&](const BlockDevice& device) {
        return device.kind == DeviceKind::partition && device.disk == extent.disk &&
               device.start == extent.start;
    });
    return found == devices.end() ? nullptr : &*found;
}

void add_volume(const std::wstring& volume, std::vector<BlockDevice>& devices) {
    const auto places = places_of(volume);
    // Only local volumes have such names, whatever Windows can tell of them.
    const UINT kind =
        ::GetDriveTypeW(places.empty() ? volume.c_str() : wide(places.front() + "\\").c_str());
    if (kind == DRIVE_CDROM) {
        devices.push_back(optical_drive(volume, places));
        return;
    }
    const auto extents = extents_of(volume);
    if (extents && extents->size() == 1) {
        if (auto* part = partition_at(devices, extents->front())) {
            take_names(volume, places, *part);
            take_content(volume, *part);
            return;
        }
    }
    BlockDevice alone;
    alone.kind = DeviceKind::mapper;
    alone.kernel_name = places.empty() ? narrow(volume) : places.front();
    take_names(volume, places, alone);
    alone.removable = kind == DRIVE_REMOVABLE;
    alone.size = size_on_drive(volume);
    take_content(volume, alone);
    if (extents) {
        alone.encrypted = encrypted_at(*extents);
        for (const auto& extent : *extents)
            if (std::ranges::find(alone.slaves, extent.disk) == alone.slaves.end())
                alone.slaves.push_back(extent.disk);
    } else if (alone.unread.empty()) {
        alone.unread = "the disk that it lies on: " + extents.error().message;
    }
    devices.push_back(std::move(alone));
}

}  // namespace

Result<std::vector<BlockDevice>> WindowsBlockDevices::list() const {
    std::vector<BlockDevice> devices;
    for (unsigned number = 0, gaps = 0; number < kMostDisks && gaps < kMostGaps; ++number) {
        auto found = disk_with_partitions(number);
        gaps = found.empty() ? gaps + 1 : 0;
        std::ranges::move(found, std::back_inserter(devices));
    }
    for (const auto& volume : volume_names()) add_volume(volume, devices);
    if (devices.empty()) return failure(Errc::io, "Windows names no disk and no volume");
    return devices;
}

}  // namespace guestprep
