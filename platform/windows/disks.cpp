// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/disks.h"

// Needs what windows.h declares.
#include <winioctl.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdio>
#include <cstring>

#include "platform/any/first_sector.h"
#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

constexpr std::size_t kLargestSector = 4096;
constexpr std::size_t kMostAnswer = std::size_t{1} << 20;

/// A copy of the answer's beginning: what is missing at its end is zero.
template <class T>
T as(std::string_view bytes) {
    T value{};
    std::memcpy(&value, bytes.data(), std::min(sizeof value, bytes.size()));
    return value;
}

/// A text at a place in the answer; 0 stands for none.
std::string text_at(const std::string& bytes, DWORD at) {
    if (at == 0 || at >= bytes.size()) return {};
    const auto end = std::min(bytes.find('\0', at), bytes.size());
    std::string text = bytes.substr(at, end - at);
    while (!text.empty() && text.back() == ' ') text.pop_back();
    while (!text.empty() && text.front() == ' ') text.erase(text.begin());
    return text;
}

std::string text_of(const GUID& guid) {
    std::array<char, 40> text{};
    const auto* d = guid.Data4;
    std::snprintf(text.data(), text.size(), "%08lx-%04x-%04x-%02x%02x-%02x%02x%02x%02x%02x%02x",
                  guid.Data1, guid.Data2, guid.Data3, d[0], d[1], d[2], d[3], d[4], d[5], d[6],
                  d[7]);
    return text.data();
}

std::string text_of(BYTE mbr_type) {
    std::array<char, 8> text{};
    std::snprintf(text.data(), text.size(), "0x%02x", mbr_type);
    return text.data();
}

std::string bus_name(STORAGE_BUS_TYPE bus) {
    constexpr std::array<const char*, 18> kNames = {
        "",      "scsi", "atapi", "ata", "ieee1394", "ssa",     "fibre", "usb",    "raid",
        "iscsi", "sas",  "sata",  "sd",  "mmc",      "virtual", "file",  "spaces", "nvme"};
    const auto i = static_cast<std::size_t>(bus);
    return i < kNames.size() ? kNames[i] : "";
}

void take_description(HANDLE handle, BlockDevice& disk) {
    STORAGE_PROPERTY_QUERY query{};
    query.PropertyId = StorageDeviceProperty;
    query.QueryType = PropertyStandardQuery;
    const auto answer = asked(handle, IOCTL_STORAGE_QUERY_PROPERTY,
                              {reinterpret_cast<const char*>(&query), sizeof query}, 1024);
    if (!answer) return;
    const auto about = as<STORAGE_DEVICE_DESCRIPTOR>(*answer);
    disk.vendor = text_at(*answer, about.VendorIdOffset);
    disk.model = text_at(*answer, about.ProductIdOffset);
    disk.bus = bus_name(about.BusType);
    disk.removable = about.RemovableMedia != FALSE;
}

std::uint64_t size_of(HANDLE handle) {
    if (const auto length =
            asked(handle, IOCTL_DISK_GET_LENGTH_INFO, {}, sizeof(GET_LENGTH_INFORMATION)))
        return static_cast<std::uint64_t>(as<GET_LENGTH_INFORMATION>(*length).Length.QuadPart);
    // Also for those who may not read the disk.
    if (const auto geometry = asked(handle, IOCTL_DISK_GET_DRIVE_GEOMETRY_EX, {}, 256);
        geometry && geometry->size() >= offsetof(DISK_GEOMETRY_EX, Data))
        return static_cast<std::uint64_t>(as<DISK_GEOMETRY_EX>(*geometry).DiskSize.QuadPart);
    return 0;
}

BlockDevice partition_of(const BlockDevice& disk, unsigned number,
                         const PARTITION_INFORMATION_EX& entry) {
    BlockDevice part;
    part.kind = DeviceKind::partition;
    part.kernel_name =
        "Harddisk" + std::to_string(number) + "Partition" + std::to_string(entry.PartitionNumber);
    // What it is called where no volume of the system shows it.
    part.names = {part.kernel_name};
    part.disk = disk.kernel_name;
    part.removable = disk.removable;
    part.partition_number = entry.PartitionNumber;
    part.start = static_cast<std::uint64_t>(entry.StartingOffset.QuadPart);
    part.size = static_cast<std::uint64_t>(entry.PartitionLength.QuadPart);
    if (entry.PartitionStyle == PARTITION_STYLE_GPT) {
        part.partition_type = text_of(entry.Gpt.PartitionType);
        part.partition_uuid = text_of(entry.Gpt.PartitionId);
        const auto* name = entry.Gpt.Name;
        part.partition_label = narrow({name, ::wcsnlen(name, std::size(entry.Gpt.Name))});
    } else {
        part.partition_type = text_of(entry.Mbr.PartitionType);
        part.active = entry.Mbr.BootIndicator != FALSE;
    }
    return part;
}

/// Partitions of a disk; its table.
Result<std::vector<BlockDevice>> take_layout(HANDLE handle, unsigned number, BlockDevice& disk) {
    constexpr std::size_t kHead = offsetof(DRIVE_LAYOUT_INFORMATION_EX, PartitionEntry);
    const auto answer = asked(handle, IOCTL_DISK_GET_DRIVE_LAYOUT_EX, {}, 16384);
    if (!answer) return std::unexpected(answer.error());
    if (answer->size() < kHead) return failure(Errc::io, "no whole answer");
    const auto head = as<DRIVE_LAYOUT_INFORMATION_EX>(std::string_view(*answer).substr(0, kHead));
    if (head.PartitionStyle == PARTITION_STYLE_MBR) disk.table = "dos";
    if (head.PartitionStyle == PARTITION_STYLE_GPT) disk.table = "gpt";
    std::vector<BlockDevice> parts;
    for (DWORD i = 0; i < head.PartitionCount; ++i) {
        const auto at = kHead + i * sizeof(PARTITION_INFORMATION_EX);
        if (at + sizeof(PARTITION_INFORMATION_EX) > answer->size()) break;
        const auto entry = as<PARTITION_INFORMATION_EX>(std::string_view(*answer).substr(at));
        // An MBR has four places, whether they are used or not; an extended partition is one more
        // table and has no number.
        if (entry.PartitionNumber == 0 || entry.PartitionLength.QuadPart == 0) continue;
        parts.push_back(partition_of(disk, number, entry));
    }
    return parts;
}

/// What a volume that is unlocked hides: only the disk shows that it is encrypted.
void look_at_first_sectors(HANDLE handle, BlockDevice& disk, std::vector<BlockDevice>& parts) {
    if (const auto sector = sector_at(handle, 0)) disk.boot_code = boot_code_of(*sector);
    for (auto& part : parts)
        if (const auto sector = sector_at(handle, part.start))
            part.encrypted = is_bitlocker(*sector) ? Truth::yes : Truth::no;
}

}  // namespace

Result<std::string> sector_at(HANDLE disk, std::uint64_t offset) {
    // Disks are read in whole sectors, some into aligned memory only.
    std::string buffer(2 * kLargestSector, '\0');
    const auto past = reinterpret_cast<std::uintptr_t>(buffer.data()) % kLargestSector;
    char* const aligned = buffer.data() + (kLargestSector - past);
    LARGE_INTEGER place{};
    place.QuadPart = static_cast<LONGLONG>(offset);
    DWORD size = 0;
    if (::SetFilePointerEx(disk, place, nullptr, FILE_BEGIN) == FALSE ||
        ::ReadFile(disk, aligned, static_cast<DWORD>(kLargestSector), &size, nullptr) == FALSE)
        return std::unexpected(windows_error(::GetLastError()));
    if (size < 512) return failure(Errc::io, "no whole sector");
    return std::string(aligned, size);
}

AskedDevice open_device(const std::wstring& name) {
    const auto open = [&](DWORD access) {
        return FileHandle(::CreateFileW(name.c_str(), access, FILE_SHARE_READ | FILE_SHARE_WRITE,
                                        nullptr, OPEN_EXISTING, 0, nullptr));
    };
    if (auto handle = open(GENERIC_READ)) return {std::move(handle), {}};
    auto why = windows_error(::GetLastError());
    return {open(0), std::unexpected(std::move(why))};
}

Result<std::string> asked(HANDLE device, unsigned long code, const std::string& question,
                          std::size_t least) {
    std::string answer(least, '\0');
    for (;;) {
        DWORD size = 0;
        std::string copy = question;
        if (::DeviceIoControl(device, code, copy.empty() ? nullptr : copy.data(),
                              static_cast<DWORD>(copy.size()), answer.data(),
                              static_cast<DWORD>(answer.size()), &size, nullptr) != FALSE) {
            answer.resize(std::min<std::size_t>(size, answer.size()));
            return answer;
        }
        const DWORD error = ::GetLastError();
        if ((error != ERROR_MORE_DATA && error != ERROR_INSUFFICIENT_BUFFER) ||
            answer.size() >= kMostAnswer)
            return std::unexpected(windows_error(error));
        answer.assign(answer.size() * 4, '\0');
    }
}

std::vector<BlockDevice> disk_with_partitions(unsigned number) {
    const auto name = "\\\\.\\PhysicalDrive" + std::to_string(number);
    const auto device = open_device(wide(name));
    if (!device.handle && device.readable.error().code == Errc::not_found) return {};
    BlockDevice disk;
    disk.kernel_name = "PhysicalDrive" + std::to_string(number);
    disk.names = {name};
    disk.kind = DeviceKind::disk;
    disk.boot_code = "unknown";
    if (!device.handle) {
        disk.unread = device.readable.error().message;
        return {disk};
    }
    take_description(device.handle.get(), disk);
    disk.size = size_of(device.handle.get());
    auto parts = take_layout(device.handle.get(), number, disk);
    if (!parts) {
        disk.unread = "its partition table: " +
                      (device.readable ? parts.error() : device.readable.error()).message;
        return {disk};
    }
    if (device.readable) look_at_first_sectors(device.handle.get(), disk, *parts);
    std::vector<BlockDevice> all = std::move(*parts);
    all.insert(all.begin(), disk);
    return all;
}

}  // namespace guestprep
