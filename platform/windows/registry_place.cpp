// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/registry_place.h"

#include <algorithm>
#include <array>
#include <cwchar>

#include "platform/windows/system_error.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

struct Hive {
    std::wstring_view name;  ///< as RegistryReader names it
    HKEY root;
    std::wstring_view path;
};

const std::array<Hive, 6>& hives() {
    static const std::array<Hive, 6> kHives = {{
        {L"HKLM\\SYSTEM", HKEY_LOCAL_MACHINE, L"SYSTEM"},
        {L"HKLM\\SOFTWARE", HKEY_LOCAL_MACHINE, L"SOFTWARE"},
        {L"HKLM\\SAM", HKEY_LOCAL_MACHINE, L"SAM"},
        {L"HKLM\\SECURITY", HKEY_LOCAL_MACHINE, L"SECURITY"},
        {L"HKLM\\BCD00000000", HKEY_LOCAL_MACHINE, L"BCD00000000"},
        {L"HKU\\.DEFAULT", HKEY_USERS, L".DEFAULT"},
    }};
    return kHives;
}

bool same_name(std::wstring_view a, std::wstring_view b) {
    return a.size() == b.size() && ::_wcsnicmp(a.data(), b.data(), a.size()) == 0;
}

/// Whether `path` is `head` or lies below it.
bool is_below(std::wstring_view path, std::wstring_view head) {
    return same_name(path.substr(0, head.size()), head) &&
           (path.size() == head.size() || path[head.size()] == L'\\');
}

DWORD number_in(HKEY key, const wchar_t* name) {
    DWORD number = 0;
    DWORD size = sizeof number;
    DWORD type = 0;
    const LONG code =
        ::RegQueryValueExW(key, name, nullptr, &type, reinterpret_cast<BYTE*>(&number), &size);
    return code == ERROR_SUCCESS && type == REG_DWORD && size == sizeof number ? number : 0;
}

bool is_reading(REGSAM access) {
    return (access & ~REGSAM{KEY_QUERY_VALUE | KEY_ENUMERATE_SUB_KEYS}) == 0;
}

/// Whether this process may read what it has no right to, as a backup does: an administrator may,
/// once the privilege is switched on, and SAM is closed to him without it. Windows before 7 takes
/// no notice.
bool may_back_up() {
    static const bool kMay = [] {
        ObjectHandle token;
        LUID privilege{};
        if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_ADJUST_PRIVILEGES | TOKEN_QUERY,
                               token.out()) == FALSE ||
            ::LookupPrivilegeValueW(nullptr, L"SeBackupPrivilege", &privilege) == FALSE)
            return false;
        TOKEN_PRIVILEGES wanted{};
        wanted.PrivilegeCount = 1;
        wanted.Privileges[0] = {privilege, SE_PRIVILEGE_ENABLED};
        return ::AdjustTokenPrivileges(token.get(), FALSE, &wanted, 0, nullptr, nullptr) != FALSE &&
               ::GetLastError() == ERROR_SUCCESS;
    }();
    return kMay;
}

/// "SYSTEM\\CurrentControlSet\\X" leads to the running set; the next boot's may be another.
void turn_to_next_boot(std::wstring& path) {
    constexpr std::wstring_view kCurrent = L"SYSTEM\\CurrentControlSet";
    if (!is_below(path, kCurrent)) return;
    const auto sets = control_sets();
    if (sets.next == 0 || sets.next == sets.current) return;
    std::array<wchar_t, 32> name{};
    std::swprintf(name.data(), name.size(), L"SYSTEM\\ControlSet%03lu", sets.next);
    path.replace(0, kCurrent.size(), name.data());
}

}  // namespace

ControlSets control_sets() {
    KeyHandle select;
    if (::RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SYSTEM\\Select", 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY,
                        select.out()) != ERROR_SUCCESS)
        return {};
    return {number_in(select.get(), L"Current"), number_in(select.get(), L"Default")};
}

Result<RegistryPlace> registry_place(std::string_view key) {
    const auto name = wide(key);
    if (name.find(L"\\\\") != std::wstring::npos || name.ends_with(L'\\') ||
        name.find(L'\0') != std::wstring::npos)
        return failure(Errc::bad_syntax, std::string(key) + ": no name of a registry key");
    for (const auto& hive : hives()) {
        if (!is_below(name, hive.name)) continue;
        RegistryPlace place{hive.root, std::wstring(hive.path), std::wstring(hive.path)};
        place.path += name.substr(hive.name.size());
        turn_to_next_boot(place.path);
        return place;
    }
    return failure(Errc::not_collected,
                   std::string(key) + ": not in a hive that this program looks at");
}

Error registry_error(std::string_view key, LONG code) {
    return windows_error(static_cast<DWORD>(code)).within(key);
}

Result<KeyHandle> open_key(std::string_view key, REGSAM access) {
    const auto place = registry_place(key);
    if (!place) return std::unexpected(place.error());
    KeyHandle opened;
    const LONG code = ::RegOpenKeyExW(place->root, place->path.c_str(), 0, access | KEY_WOW64_64KEY,
                                      opened.out());
    if (code == ERROR_SUCCESS) return opened;
    if (code == ERROR_ACCESS_DENIED && is_reading(access) && may_back_up()) {
        KeyHandle read;
        if (::RegOpenKeyExW(place->root, place->path.c_str(), REG_OPTION_BACKUP_RESTORE,
                            access | KEY_WOW64_64KEY, read.out()) == ERROR_SUCCESS)
            return read;
    }
    auto error = registry_error(key, code);
    // A key that is not there is known only of a hive that is.
    KeyHandle hive;
    if (error.code == Errc::not_found &&
        ::RegOpenKeyExW(place->root, place->hive_path.c_str(), 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY,
                        hive.out()) == ERROR_FILE_NOT_FOUND)
        return failure(Errc::not_collected,
                       std::string(key) + ": this Windows has no such hive loaded");
    return std::unexpected(std::move(error));
}

}  // namespace guestprep
