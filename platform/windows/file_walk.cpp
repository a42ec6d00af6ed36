// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/file_walk.h"

#include <algorithm>
#include <array>
#include <deque>

#include "platform/windows/handles.h"
// Needs what windows.h declares.
#include <winioctl.h>

#include "platform/windows/drive_name.h"
#include "platform/windows/reparse.h"
#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

constexpr int kMostLinks = 40;
constexpr std::size_t kReparseLimit = 16384;  ///< MAXIMUM_REPARSE_DATA_BUFFER_SIZE

std::string upper_drive(std::string_view part) {
    const char letter = part[0] >= 'a' ? static_cast<char>(part[0] - 'a' + 'A') : part[0];
    return {letter, ':'};
}

std::string system_drive() {
    std::array<wchar_t, MAX_PATH> folder{};
    const UINT size = ::GetSystemWindowsDirectoryW(folder.data(), MAX_PATH);
    const auto text = narrow({folder.data(), std::min<std::size_t>(size, folder.size())});
    return text.size() >= 2 && is_drive_name(text.substr(0, 2)) ? upper_drive(text) : "C:";
}

std::deque<std::string> parts_of(std::string_view text) {
    std::deque<std::string> parts;
    while (!text.empty()) {
        const auto end = std::min(text.find('/'), text.size());
        if (end != 0) parts.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

/// "C:" and a name that Windows' own file systems can hold. \\?\ takes everything as it is: a
/// backslash would be another component, a colon a stream, and a star would match.
bool is_name(std::string_view part) {
    return std::ranges::none_of(part, [](char c) {
        return static_cast<unsigned char>(c) < 0x20 ||
               std::string_view("\\:*?\"<>|").find(c) != std::string_view::npos;
    });
}

Result<void> is_own_drive(const GuestPath& path, const std::string& drive) {
    const auto kind = ::GetDriveTypeW(wide(drive + "\\").c_str());
    if (kind == DRIVE_NO_ROOT_DIR || kind == DRIVE_UNKNOWN)
        return failure(Errc::not_found, path.str() + ": there is no drive " + drive);
    if (kind == DRIVE_REMOTE)
        return failure(Errc::unsupported,
                       path.str() + ": drive " + drive + " is another machine's");
    return {};
}

/// "\\\\?\\GLOBALROOT\\Device\\Harddisk0\\Partition1\\"
std::wstring partition_root(std::string_view name) {
    const auto second = name.find("Partition");
    return L"\\\\?\\GLOBALROOT\\Device\\" + wide(name.substr(0, second)) + L"\\" +
           wide(name.substr(second)) + L"\\";
}

/// A partition whose root cannot be looked at is not one without files: never not_found.
Result<void> is_readable_root(const GuestPath& path, const std::wstring& root) {
    if (::GetFileAttributesW(root.c_str()) != INVALID_FILE_ATTRIBUTES) return {};
    auto error = windows_error(::GetLastError());
    if (error.code == Errc::not_found) error.code = Errc::io;
    return std::unexpected(std::move(error).within(path.str()));
}

Result<std::string> reparse_data(const std::wstring& name) {
    const FileHandle file(::CreateFileW(
        name.c_str(), 0, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
        OPEN_EXISTING, FILE_FLAG_OPEN_REPARSE_POINT | FILE_FLAG_BACKUP_SEMANTICS, nullptr));
    if (!file) return std::unexpected(windows_error(::GetLastError()));
    std::string bytes(kReparseLimit, '\0');
    DWORD size = 0;
    if (::DeviceIoControl(file.get(), FSCTL_GET_REPARSE_POINT, nullptr, 0, bytes.data(),
                          static_cast<DWORD>(bytes.size()), &size, nullptr) == FALSE)
        return std::unexpected(windows_error(::GetLastError()));
    bytes.resize(std::min<std::size_t>(size, bytes.size()));
    return bytes;
}

/// Also of a file that is open to nobody else, such as the page file: its directory knows.
DWORD attributes_of(const std::wstring& name) {
    const DWORD attributes = ::GetFileAttributesW(name.c_str());
    if (attributes != INVALID_FILE_ATTRIBUTES || ::GetLastError() != ERROR_SHARING_VIOLATION)
        return attributes;
    const auto entry = directory_entry(name);
    return entry ? entry->dwFileAttributes : INVALID_FILE_ATTRIBUTES;
}

/// The link at a place, if there is one.
Result<std::optional<LinkSaid>> link_at(const std::wstring& name, DWORD attributes) {
    if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0) return std::optional<LinkSaid>();
    const auto data = reparse_data(name);
    if (!data) return std::unexpected(data.error());
    return link_said(*data);
}

}  // namespace

std::optional<WIN32_FIND_DATAW> directory_entry(const std::wstring& name) {
    WIN32_FIND_DATAW entry{};
    const HANDLE search = ::FindFirstFileW(name.c_str(), &entry);
    if (search == INVALID_HANDLE_VALUE) return std::nullopt;
    ::FindClose(search);
    return entry;
}

Result<std::string> link_text(const std::wstring& name) {
    const DWORD attributes = attributes_of(name);
    if (attributes == INVALID_FILE_ATTRIBUTES)
        return std::unexpected(windows_error(::GetLastError()));
    auto link = link_at(name, attributes);
    if (!link) return std::unexpected(std::move(link.error()));
    if (!*link) return failure(Errc::wrong_type, "no link");
    return std::move((*link)->text);
}

Result<FilePlace> walk(const GuestPath& path, bool follow_last) {
    auto left = parts_of(path.str());
    int links = 0;
    GuestPath at;
    std::string volume;
    std::wstring name;
    DWORD attributes = FILE_ATTRIBUTE_DIRECTORY;
    const auto start = [&]() -> Result<void> {
        if (!left.empty() && is_partition_name(left.front())) {
            volume = std::move(left.front());
            left.pop_front();
            at = GuestPath("/" + volume);
            name = partition_root(volume);
            attributes = FILE_ATTRIBUTE_DIRECTORY;
            return is_readable_root(path, name);
        }
        auto drive = system_drive();
        if (!left.empty() && is_drive_name(left.front())) {
            drive = upper_drive(left.front());
            left.pop_front();
        }
        volume = drive;
        at = GuestPath("/" + drive);
        name = L"\\\\?\\" + wide(drive) + L"\\";
        attributes = FILE_ATTRIBUTE_DIRECTORY;
        return is_own_drive(path, drive);
    };
    if (auto fine = start(); !fine) return std::unexpected(std::move(fine.error()));
    while (!left.empty()) {
        const auto part = std::move(left.front());
        left.pop_front();
        if (!is_name(part)) return failure(Errc::not_found, path.str() + ": no name on Windows");
        if ((attributes & FILE_ATTRIBUTE_DIRECTORY) == 0)
            return failure(Errc::not_found, path.str() + ": a file is in the way");
        const auto next = name + (name.ends_with(L'\\') ? L"" : L"\\") + wide(part);
        attributes = attributes_of(next);
        if (attributes == INVALID_FILE_ATTRIBUTES)
            return std::unexpected(windows_error(::GetLastError()).within(path.str()));
        const auto link = link_at(next, attributes);
        if (!link) return std::unexpected(Error(link.error()).within(path.str()));
        if (!*link) {
            at = at / part;
            name = next;
            continue;
        }
        if (left.empty() && !follow_last) return FilePlace{at / part, next, attributes, true};
        if (++links > kMostLinks) return failure(Errc::io, path.str() + ": too many links");
        auto text = (*link)->text;
        // "\\Windows" in a link is on the link's own drive.
        if ((*link)->is_relative && text.starts_with('/')) text = "/" + volume + text;
        // From the start again: ".." in a relative link is taken from where the link really lies.
        auto target = parts_of((at / part).link_target(text).str());
        left.insert(left.begin(), target.begin(), target.end());
        if (auto fine = start(); !fine) return std::unexpected(std::move(fine.error()));
    }
    return FilePlace{at, name, attributes};
}

}  // namespace guestprep
