// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/registry.h"

#include "platform/windows/late_function.h"
#include "platform/windows/registry_place.h"
#include "platform/windows/wide_text.h"

namespace guestprep {
namespace {

/// More than Windows itself keeps in one value; the largest real ones are some hundred KiB.
constexpr DWORD kMostBytes = DWORD{16} << 20;
constexpr DWORD kMostNames = 100'000;
constexpr std::size_t kLongestKeyName = 256;
constexpr std::size_t kLongestValueName = 16384;

Error too_large(std::string_view key, std::string_view what) {
    return {Errc::too_large, std::string(key) + ": " + std::string(what)};
}

std::string at_value(std::string_view key, std::string_view name) {
    return std::string(key) + ", value " + (name.empty() ? "(default)" : std::string(name));
}

/// One value by its place in the key. Nothing where there is none any more.
Result<std::optional<NamedRegistryValue>> value_number(HKEY key, std::string_view where,
                                                       DWORD number) {
    std::wstring name(kLongestValueName, L'\0');
    std::string bytes(1024, '\0');
    for (;;) {
        DWORD name_size = static_cast<DWORD>(name.size());
        DWORD size = static_cast<DWORD>(bytes.size());
        DWORD type = 0;
        const LONG code = ::RegEnumValueW(key, number, name.data(), &name_size, nullptr, &type,
                                          reinterpret_cast<BYTE*>(bytes.data()), &size);
        if (code == ERROR_NO_MORE_ITEMS) return std::optional<NamedRegistryValue>();
        if (code == ERROR_MORE_DATA) {
            if (bytes.size() >= kMostBytes)
                return std::unexpected(too_large(where, "a value larger than any real one"));
            bytes.resize(bytes.size() * 4);
            continue;
        }
        if (code != ERROR_SUCCESS) return std::unexpected(registry_error(where, code));
        bytes.resize(size);
        name.resize(name_size);
        return NamedRegistryValue{narrow(name), {RegistryType{type}, std::move(bytes)}};
    }
}

Result<void> make_durable(HKEY key, std::string_view where) {
    const LONG code = ::RegFlushKey(key);
    if (code != ERROR_SUCCESS) return std::unexpected(registry_error(where, code));
    return {};
}

LONG delete_key(HKEY root, const std::wstring& path) {
    // RegDeleteKeyW of a 32-bit program deletes in the 32-bit view. The other one came with x64.
    static const auto in_view = late_function<LONG WINAPI(HKEY, const wchar_t*, REGSAM, DWORD)>(
        L"advapi32", "RegDeleteKeyExW");
    if (in_view != nullptr) return in_view(root, path.c_str(), KEY_WOW64_64KEY, 0);
    return ::RegDeleteKeyW(root, path.c_str());
}

/// Every key on the way, the outermost first: the hive's own root is not among them.
std::vector<std::size_t> key_ends(const RegistryPlace& place) {
    std::vector<std::size_t> ends;
    for (auto at = place.hive_path.size(); at < place.path.size();) {
        at = std::min(place.path.find(L'\\', at + 1), place.path.size());
        ends.push_back(at);
    }
    return ends;
}

/// The name that the caller would use for a key on the way to `key`: `levels` above it.
std::string key_above(std::string_view key, std::size_t levels) {
    for (; levels != 0; --levels) key = key.substr(0, key.rfind('\\'));
    return std::string(key);
}

}  // namespace

Result<RegistryValue> WindowsRegistry::value(std::string_view key, std::string_view name) const {
    const auto opened = open_key(key, KEY_QUERY_VALUE);
    if (!opened) return std::unexpected(opened.error());
    const auto wide_name = wide(name);
    const auto where = at_value(key, name);
    std::string bytes(1024, '\0');
    for (;;) {
        DWORD size = static_cast<DWORD>(bytes.size());
        DWORD type = 0;
        const LONG code = ::RegQueryValueExW(opened->get(), wide_name.c_str(), nullptr, &type,
                                             reinterpret_cast<BYTE*>(bytes.data()), &size);
        if (code == ERROR_MORE_DATA) {
            if (size > kMostBytes || bytes.size() >= kMostBytes)
                return std::unexpected(too_large(where, "larger than any real one"));
            // What was enough a moment ago may not be now: never less than twice as much.
            bytes.resize(std::max<std::size_t>(size, bytes.size() * 2));
            continue;
        }
        if (code != ERROR_SUCCESS) return std::unexpected(registry_error(where, code));
        bytes.resize(size);
        return RegistryValue{RegistryType{type}, std::move(bytes)};
    }
}

Result<std::vector<std::string>> WindowsRegistry::subkeys(std::string_view key) const {
    const auto opened = open_key(key, KEY_ENUMERATE_SUB_KEYS);
    if (!opened) return std::unexpected(opened.error());
    std::vector<std::string> names;
    std::wstring name(kLongestKeyName, L'\0');
    for (DWORD i = 0; i < kMostNames; ++i) {
        DWORD size = static_cast<DWORD>(name.size());
        const LONG code = ::RegEnumKeyExW(opened->get(), i, name.data(), &size, nullptr, nullptr,
                                          nullptr, nullptr);
        if (code == ERROR_NO_MORE_ITEMS) return names;
        if (code != ERROR_SUCCESS) return std::unexpected(registry_error(key, code));
        names.push_back(narrow(std::wstring_view(name).substr(0, size)));
    }
    return std::unexpected(too_large(key, "too many subkeys"));
}

Result<std::vector<NamedRegistryValue>> WindowsRegistry::values(std::string_view key) const {
    const auto opened = open_key(key, KEY_QUERY_VALUE);
    if (!opened) return std::unexpected(opened.error());
    std::vector<NamedRegistryValue> found;
    std::size_t bytes = 0;
    for (DWORD i = 0; i < kMostNames; ++i) {
        auto value = value_number(opened->get(), key, i);
        if (!value) return std::unexpected(std::move(value.error()));
        if (!*value) return found;
        bytes += (*value)->value.bytes.size();
        if (bytes > kMostBytes) return std::unexpected(too_large(key, "too much in its values"));
        found.push_back(std::move(**value));
    }
    return std::unexpected(too_large(key, "too many values"));
}

std::string WindowsRegistry::trouble(std::string_view) const { return {}; }

Result<std::vector<std::string>> WindowsRegistryWriter::set(std::string_view key,
                                                            std::string_view name,
                                                            const RegistryValue& value) {
    const auto place = registry_place(key);
    if (!place) return std::unexpected(place.error());
    std::vector<std::string> made;
    const auto give_up = [&](LONG code) {
        for (auto path = made.rbegin(); path != made.rend(); ++path) (void)remove_empty_key(*path);
        return std::unexpected(registry_error(at_value(key, name), code));
    };
    auto opened = open_key(key, KEY_SET_VALUE);
    if (!opened && opened.error().code != Errc::not_found)
        return std::unexpected(std::move(opened.error()));
    KeyHandle handle = opened ? std::move(*opened) : KeyHandle();
    if (!handle) {
        const auto ends = key_ends(*place);
        for (std::size_t i = 0; i < ends.size(); ++i) {
            DWORD disposition = 0;
            const auto path = place->path.substr(0, ends[i]);
            KeyHandle next;
            // Keys that are there need not let us create below them until the last one does.
            LONG code = ::RegOpenKeyExW(place->root, path.c_str(), 0,
                                        KEY_SET_VALUE | KEY_WOW64_64KEY, next.out());
            if (code == ERROR_FILE_NOT_FOUND)
                code = ::RegCreateKeyExW(place->root, path.c_str(), 0, nullptr,
                                         REG_OPTION_NON_VOLATILE, KEY_SET_VALUE | KEY_WOW64_64KEY,
                                         nullptr, next.out(), &disposition);
            if (code != ERROR_SUCCESS && (i + 1 == ends.size() || code != ERROR_ACCESS_DENIED))
                return give_up(code);
            if (disposition == REG_CREATED_NEW_KEY)
                made.push_back(key_above(key, ends.size() - 1 - i));
            handle = std::move(next);
        }
    }
    // Windows looks beyond the end of a text that does not end in a zero, and counts a zero that it
    // finds there as the value's.
    const auto bytes = value.bytes + "\xff\xff";
    const LONG code = ::RegSetValueExW(
        handle.get(), wide(name).c_str(), 0, static_cast<DWORD>(value.type),
        reinterpret_cast<const BYTE*>(bytes.data()), static_cast<DWORD>(value.bytes.size()));
    if (code != ERROR_SUCCESS) return give_up(code);
    if (auto durable = make_durable(handle.get(), key); !durable)
        return std::unexpected(std::move(durable.error()));
    return made;
}

Result<void> WindowsRegistryWriter::remove_value(std::string_view key, std::string_view name) {
    const auto opened = open_key(key, KEY_SET_VALUE);
    if (!opened) {
        if (opened.error().code == Errc::not_found) return {};
        return std::unexpected(opened.error());
    }
    const LONG code = ::RegDeleteValueW(opened->get(), wide(name).c_str());
    if (code == ERROR_FILE_NOT_FOUND) return {};
    if (code != ERROR_SUCCESS) return std::unexpected(registry_error(at_value(key, name), code));
    return make_durable(opened->get(), key);
}

Result<void> WindowsRegistryWriter::remove_empty_key(std::string_view key) {
    const auto place = registry_place(key);
    if (!place) return std::unexpected(place.error());
    const auto opened = open_key(key, KEY_QUERY_VALUE);
    if (!opened) {
        if (opened.error().code == Errc::not_found) return {};
        return std::unexpected(opened.error());
    }
    DWORD keys = 0;
    DWORD values = 0;
    LONG code = ::RegQueryInfoKeyW(opened->get(), nullptr, nullptr, nullptr, &keys, nullptr,
                                   nullptr, &values, nullptr, nullptr, nullptr, nullptr);
    if (code != ERROR_SUCCESS) return std::unexpected(registry_error(key, code));
    if (keys != 0 || values != 0)
        return failure(Errc::host_changed, std::string(key) + ": not empty, and left as it is");
    code = delete_key(place->root, place->path);
    if (code != ERROR_SUCCESS) return std::unexpected(registry_error(key, code));
    return {};
}

}  // namespace guestprep
