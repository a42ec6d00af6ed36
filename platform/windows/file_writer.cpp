// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/file_writer.h"

#include <windows.h>

#include <sddl.h>

#include <algorithm>
#include <vector>

#include "platform/windows/file_walk.h"
#include "platform/windows/handles.h"
#include "platform/windows/native_view.h"
#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

constexpr std::wstring_view kTemporary = L".guestprep-";
/// Protected from what the parent would hand down: administrators and the system, all below too.
constexpr const wchar_t* kNobodyElse = L"D:P(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)";

std::unexpected<Error> failed(const GuestPath& path) {
    return std::unexpected(windows_error(::GetLastError()).within(path.str()));
}

/// Where a new file will be: its directory has to be there.
Result<std::wstring> place_for(const GuestPath& path) {
    const auto folder = walk(path.parent(), true);
    if (!folder) return std::unexpected(folder.error());
    return folder->name + L"\\" + wide(path.name());
}

/// Beside the file, so that it can take its place.
std::wstring temporary_beside(const std::wstring& name) {
    static DWORD count = 0;
    return name.substr(0, name.rfind(L'\\') + 1) + std::wstring(kTemporary) +
           std::to_wstring(::GetCurrentProcessId()) + L"-" + std::to_wstring(++count);
}

bool is_there(const std::wstring& name) {
    return ::GetFileAttributesW(name.c_str()) != INVALID_FILE_ATTRIBUTES;
}

Result<void> write_all(HANDLE file, std::string_view bytes, const GuestPath& path) {
    constexpr std::size_t kMostAtOnce = std::size_t{1} << 20;
    while (!bytes.empty()) {
        DWORD written = 0;
        const auto part = static_cast<DWORD>(std::min(bytes.size(), kMostAtOnce));
        if (::WriteFile(file, bytes.data(), part, &written, nullptr) == FALSE) return failed(path);
        bytes.remove_prefix(written);
    }
    if (::FlushFileBuffers(file) == FALSE) return failed(path);
    return {};
}

/// Removes a file when it goes, unless it was moved away.
class Temporary {
public:
    explicit Temporary(std::wstring name) : name_(std::move(name)) {}
    ~Temporary() {
        if (!name_.empty()) ::DeleteFileW(name_.c_str());
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;
    [[nodiscard]] const std::wstring& name() const { return name_; }
    void is_moved() { name_.clear(); }

private:
    std::wstring name_;
};

Result<void> write_temporary(const Temporary& temporary, std::string_view text,
                             const GuestPath& path) {
    const FileHandle file(::CreateFileW(temporary.name().c_str(), GENERIC_WRITE, 0, nullptr,
                                        CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!file) return failed(path);
    return write_all(file.get(), text, path);
}

/// Puts a temporary into a file's place; `is_new`: there must be none.
Result<void> move_into(Temporary& temporary, const std::wstring& name, bool is_new,
                       const GuestPath& path) {
    // What may not be written to cannot be replaced either: boot.ini is such a file on many
    // systems.
    const DWORD attributes = is_new ? 0 : ::GetFileAttributesW(name.c_str());
    const bool is_guarded =
        attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_READONLY) != 0;
    if (is_guarded)
        ::SetFileAttributesW(name.c_str(), attributes & ~DWORD{FILE_ATTRIBUTE_READONLY});
    const auto moved =
        is_new ? ::MoveFileExW(temporary.name().c_str(), name.c_str(), MOVEFILE_WRITE_THROUGH)
               : ::ReplaceFileW(name.c_str(), temporary.name().c_str(), nullptr,
                                REPLACEFILE_WRITE_THROUGH, nullptr, nullptr);
    const auto code = moved == FALSE ? ::GetLastError() : DWORD{ERROR_SUCCESS};
    if (is_guarded) ::SetFileAttributesW(name.c_str(), attributes);
    if (moved == FALSE) {
        if (code == ERROR_ALREADY_EXISTS || code == ERROR_FILE_EXISTS)
            return failure(Errc::host_changed, path.str() + ": is there already");
        return std::unexpected(windows_error(code).within(path.str()));
    }
    temporary.is_moved();
    return {};
}

class HeldFile final : public FileWriter::Lock {
public:
    explicit HeldFile(FileHandle file) : file_(std::move(file)) {}

private:
    FileHandle file_;
};

/// Makes one folder; with mode 0700 for administrators and the system alone.
bool make_folder(const std::wstring& name, std::uint32_t permissions) {
    if (permissions != 0700) return ::CreateDirectoryW(name.c_str(), nullptr) != FALSE;
    PSECURITY_DESCRIPTOR descriptor = nullptr;
    if (::ConvertStringSecurityDescriptorToSecurityDescriptorW(kNobodyElse, SDDL_REVISION_1,
                                                               &descriptor, nullptr) == FALSE)
        return false;
    SECURITY_ATTRIBUTES security{sizeof(SECURITY_ATTRIBUTES), descriptor, FALSE};
    const auto made = ::CreateDirectoryW(name.c_str(), &security);
    const auto code = ::GetLastError();
    ::LocalFree(descriptor);
    ::SetLastError(code);
    return made != FALSE;
}

}  // namespace

Result<void> WindowsFileWriter::replace(const GuestPath& path, std::string_view text) {
    const NativeView native;
    const auto place = walk(path, true);
    if (!place) return std::unexpected(place.error());
    Temporary temporary(temporary_beside(place->name));
    if (auto written = write_temporary(temporary, text, path); !written) return written;
    return move_into(temporary, place->name, false, path);
}

Result<void> WindowsFileWriter::create(const GuestPath& path, std::string_view text,
                                       const FileMode&) {
    const NativeView native;
    const auto name = place_for(path);
    if (!name) return std::unexpected(name.error());
    Temporary temporary(temporary_beside(*name));
    if (auto written = write_temporary(temporary, text, path); !written) return written;
    return move_into(temporary, *name, true, path);
}

Result<void> WindowsFileWriter::copy(const GuestPath& from, const GuestPath& to) {
    const NativeView native;
    const auto source = walk(from, true);
    if (!source) return std::unexpected(source.error());
    const auto name = place_for(to);
    if (!name) return std::unexpected(name.error());
    Temporary temporary(temporary_beside(*name));
    if (::CopyFileW(source->name.c_str(), temporary.name().c_str(), TRUE) == FALSE)
        return failed(to);
    {
        const FileHandle file(::CreateFileW(temporary.name().c_str(), GENERIC_WRITE, 0, nullptr,
                                            OPEN_EXISTING, 0, nullptr));
        // A file that may not be written to was copied with that attribute.
        if (file && ::FlushFileBuffers(file.get()) == FALSE) return failed(to);
    }
    return move_into(temporary, *name, !is_there(*name), to);
}

Result<void> WindowsFileWriter::set_mode(const GuestPath& path, const FileMode&) {
    return failure(Errc::unsupported, path.str() + ": Windows has no such mode");
}

Result<void> WindowsFileWriter::make_link(const GuestPath& path, const std::string&) {
    return failure(Errc::unsupported, path.str() + ": no links are made on Windows");
}

Result<void> WindowsFileWriter::remove(const GuestPath& path) {
    const NativeView native;
    const auto place = walk(path, false);
    if (!place) return std::unexpected(place.error());
    if (::DeleteFileW(place->name.c_str()) == FALSE) return failed(path);
    return {};
}

Result<void> WindowsFileWriter::make_directory(const GuestPath& path, std::uint32_t permissions) {
    const NativeView native;
    if (const auto there = walk(path, true)) {
        if ((there->attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return {};
        return failure(Errc::wrong_type, path.str() + ": is no directory");
    }
    if (const auto above = walk(path.parent(), true); !above)
        if (auto made = make_directory(path.parent(), permissions); !made) return made;
    const auto name = place_for(path);
    if (!name) return std::unexpected(name.error());
    if (!make_folder(*name, permissions)) return failed(path);
    return {};
}

Result<void> WindowsFileWriter::remove_directory(const GuestPath& path) {
    const NativeView native;
    const auto place = walk(path, false);
    if (!place) return std::unexpected(place.error());
    if (::RemoveDirectoryW(place->name.c_str()) == FALSE) return failed(path);
    return {};
}

Result<void> WindowsFileWriter::append(const GuestPath& path, std::string_view bytes) {
    const NativeView native;
    const auto name = place_for(path);
    if (!name) return std::unexpected(name.error());
    const FileHandle file(::CreateFileW(name->c_str(), FILE_APPEND_DATA, FILE_SHARE_READ, nullptr,
                                        OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (!file) return failed(path);
    return write_all(file.get(), bytes, path);
}

void WindowsFileWriter::sweep(const GuestPath& directory) {
    const NativeView native;
    const auto place = walk(directory, true);
    if (!place) return;
    WIN32_FIND_DATAW entry{};
    const auto pattern = place->name + L"\\" + std::wstring(kTemporary) + L"*";
    const HANDLE search = ::FindFirstFileW(pattern.c_str(), &entry);
    if (search == INVALID_HANDLE_VALUE) return;
    std::vector<std::wstring> names;
    do names.push_back(place->name + L"\\" + static_cast<const wchar_t*>(entry.cFileName));
    while (::FindNextFileW(search, &entry) != FALSE);
    ::FindClose(search);
    for (const auto& name : names) ::DeleteFileW(name.c_str());
}

Result<std::unique_ptr<FileWriter::Lock>> WindowsFileWriter::lock(const GuestPath& path) {
    const NativeView native;
    const auto name = place_for(path);
    if (!name) return std::unexpected(name.error());
    FileHandle file(::CreateFileW(name->c_str(), GENERIC_READ | GENERIC_WRITE, 0, nullptr,
                                  OPEN_ALWAYS, FILE_ATTRIBUTE_NORMAL, nullptr));
    if (file) return std::make_unique<HeldFile>(std::move(file));
    if (::GetLastError() == ERROR_SHARING_VIOLATION)
        return failure(Errc::host_changed, "another run is at work");
    return failed(path);
}

}  // namespace guestprep
