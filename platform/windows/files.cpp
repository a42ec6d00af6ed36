// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/files.h"

#include <algorithm>
#include <array>

#include "agent/core/read_all.h"
#include "platform/windows/file_walk.h"
#include "platform/windows/handles.h"
#include "platform/windows/native_view.h"
#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostNames = 100'000;
constexpr DWORD kShareAll = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

Error last_error_at(const GuestPath& path) {
    return windows_error(::GetLastError()).within(path.str());
}

std::uint64_t joined(DWORD high, DWORD low) { return (std::uint64_t{high} << 32) | low; }

/// 100 ns since 1601 to seconds since 1970.
std::int64_t unix_time(const FILETIME& time) {
    constexpr std::int64_t kSecondsBetween = 11'644'473'600;
    const auto ticks = joined(time.dwHighDateTime, time.dwLowDateTime);
    return static_cast<std::int64_t>(ticks / 10'000'000) - kSecondsBetween;
}

FileKind kind_of(const FilePlace& place, DWORD attributes) {
    if (place.is_link) return FileKind::link;
    return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? FileKind::directory : FileKind::regular;
}

Result<FileInfo> info_of(const GuestPath& path, bool follow) {
    const NativeView native;
    const auto place = walk(path, follow);
    if (!place) return std::unexpected(place.error());
    const DWORD flags = FILE_FLAG_BACKUP_SEMANTICS |  // without it no directory can be opened
                        (place->is_link ? FILE_FLAG_OPEN_REPARSE_POINT : 0);
    const FileHandle file(::CreateFileW(place->name.c_str(), FILE_READ_ATTRIBUTES, kShareAll,
                                        nullptr, OPEN_EXISTING, flags, nullptr));
    if (!file) {
        // The page file is open to nobody else; its directory knows it.
        auto error = last_error_at(path);
        const auto entry = directory_entry(place->name);
        if (!entry || error.code == Errc::not_found) return std::unexpected(std::move(error));
        return FileInfo{.kind = kind_of(*place, entry->dwFileAttributes),
                        .size = joined(entry->nFileSizeHigh, entry->nFileSizeLow),
                        .modified = unix_time(entry->ftLastWriteTime)};
    }
    BY_HANDLE_FILE_INFORMATION status{};
    if (::GetFileInformationByHandle(file.get(), &status) == FALSE)
        return std::unexpected(last_error_at(path));
    return FileInfo{.kind = kind_of(*place, status.dwFileAttributes),
                    .size = joined(status.nFileSizeHigh, status.nFileSizeLow),
                    .device = status.dwVolumeSerialNumber,
                    .inode = joined(status.nFileIndexHigh, status.nFileIndexLow),
                    .modified = unix_time(status.ftLastWriteTime)};
}

class FileSource final : public ByteSource {
public:
    FileSource(FileHandle file, GuestPath path) : file_(std::move(file)), path_(std::move(path)) {}
    Result<std::size_t> read(std::span<std::byte> buffer) override {
        constexpr std::size_t kMostAtOnce = std::size_t{1} << 20;
        DWORD n = 0;
        if (::ReadFile(file_.get(), buffer.data(),
                       static_cast<DWORD>(std::min(buffer.size(), kMostAtOnce)), &n,
                       nullptr) == FALSE)
            return std::unexpected(last_error_at(path_));
        return n;
    }

private:
    FileHandle file_;
    GuestPath path_;
};

struct FindTraits {
    using Type = HANDLE;
    static Type none() { return INVALID_HANDLE_VALUE; }
    static void close(Type handle) { ::FindClose(handle); }
};

}  // namespace

Result<std::string> WindowsFiles::read(const GuestPath& path, std::size_t most) const {
    auto source = open(path);
    if (!source) return std::unexpected(std::move(source.error()));
    return read_all(**source, path.str(), most);
}

Result<std::unique_ptr<ByteSource>> WindowsFiles::open(const GuestPath& path) const {
    const NativeView native;
    const auto place = walk(path, true);
    if (!place) return std::unexpected(place.error());
    if ((place->attributes & FILE_ATTRIBUTE_DIRECTORY) != 0)
        return failure(Errc::wrong_type, path.str() + ": is a directory, not a file");
    FileHandle file(::CreateFileW(place->name.c_str(), GENERIC_READ, kShareAll, nullptr,
                                  OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, nullptr));
    if (!file) return std::unexpected(last_error_at(path));
    if (::GetFileType(file.get()) != FILE_TYPE_DISK)
        return failure(Errc::wrong_type, path.str() + ": is a device, not a file");
    ++files_read_;
    return std::make_unique<FileSource>(std::move(file), path);
}

Result<FileInfo> WindowsFiles::info(const GuestPath& path) const { return info_of(path, true); }

Result<FileInfo> WindowsFiles::link_info(const GuestPath& path) const {
    return info_of(path, false);
}

Result<std::vector<std::string>> WindowsFiles::list(const GuestPath& path) const {
    const NativeView native;
    const auto place = walk(path, true);
    if (!place) return std::unexpected(place.error());
    if ((place->attributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
        return failure(Errc::wrong_type, path.str() + ": is a file, not a directory");
    const auto pattern = place->name + (place->name.ends_with(L'\\') ? L"*" : L"\\*");
    std::vector<std::string> names;
    WIN32_FIND_DATAW entry{};
    const Owned<FindTraits> search(::FindFirstFileW(pattern.c_str(), &entry));
    if (!search) {
        // The root of a drive has no "." that would be found in it.
        if (::GetLastError() == ERROR_FILE_NOT_FOUND) return names;
        return std::unexpected(last_error_at(path));
    }
    do {
        const std::wstring_view name(entry.cFileName);
        if (name != L"." && name != L"..") names.push_back(narrow(name));
        if (names.size() > kMostNames)
            return failure(Errc::too_large, path.str() + ": too many names in this directory");
    } while (::FindNextFileW(search.get(), &entry) != FALSE);
    if (::GetLastError() != ERROR_NO_MORE_FILES) return std::unexpected(last_error_at(path));
    std::ranges::sort(names);
    return names;
}

Result<std::string> WindowsFiles::link(const GuestPath& path) const {
    const NativeView native;
    const auto place = walk(path, false);
    if (!place) return std::unexpected(place.error());
    auto text = link_text(place->name);
    if (!text) return std::unexpected(std::move(text.error()).within(path.str()));
    return text;
}

Result<GuestPath> WindowsFiles::resolve(const GuestPath& path) const {
    const NativeView native;
    auto place = walk(path, true);
    if (!place) return std::unexpected(std::move(place.error()));
    return place->path;
}

Result<FileSystemSpace> WindowsFiles::space(const GuestPath& path) const {
    const NativeView native;
    auto place = walk(path, true);
    if (!place) return std::unexpected(std::move(place.error()));
    if ((place->attributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
        place->name.resize(place->name.rfind(L'\\'));
    if (!place->name.ends_with(L'\\')) place->name += L'\\';
    ULARGE_INTEGER usable{};
    ULARGE_INTEGER total{};
    ULARGE_INTEGER free{};
    if (::GetDiskFreeSpaceExW(place->name.c_str(), &usable, &total, &free) == FALSE)
        return std::unexpected(last_error_at(path));
    FileSystemSpace space{.free_bytes = free.QuadPart, .total_bytes = total.QuadPart};
    std::wstring mount(place->name.size() + 1, L'\0');
    DWORD flags = 0;
    if (::GetVolumePathNameW(place->name.c_str(), mount.data(), static_cast<DWORD>(mount.size())) !=
            FALSE &&
        ::GetVolumeInformationW(mount.c_str(), nullptr, 0, nullptr, nullptr, &flags, nullptr, 0) !=
            FALSE)
        space.read_only = (flags & FILE_READ_ONLY_VOLUME) != 0;
    return space;
}

}  // namespace guestprep
