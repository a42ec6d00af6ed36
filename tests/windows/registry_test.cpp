// SPDX-License-Identifier: Apache-2.0
#include "platform/windows/registry.h"

#include <windows.h>

#include "tests/support/catch.h"

namespace guestprep {
namespace {

constexpr const char* kKey = "HKLM\\SOFTWARE\\guestprep-test";
constexpr const wchar_t* kPath = L"SOFTWARE\\guestprep-test";

/// Takes away what the tests made, in both views.
void remove_test_keys() {
    for (const REGSAM view : {KEY_WOW64_64KEY, KEY_WOW64_32KEY}) {
        HKEY software = nullptr;
        if (::RegOpenKeyExW(HKEY_LOCAL_MACHINE, L"SOFTWARE", 0, KEY_ALL_ACCESS | view, &software) !=
            ERROR_SUCCESS)
            continue;
        for (const wchar_t* name :
             {L"guestprep-test\\a\\b\\c", L"guestprep-test\\a\\b", L"guestprep-test\\a",
              L"guestprep-test\\Größe", L"guestprep-test"})
            ::RegDeleteKeyW(software, name);
        ::RegCloseKey(software);
    }
}

struct Cleanly {
    Cleanly() { remove_test_keys(); }
    ~Cleanly() { remove_test_keys(); }
};

bool view_has_key(REGSAM view) {
    HKEY key = nullptr;
    const LONG code = ::RegOpenKeyExW(HKEY_LOCAL_MACHINE, kPath, 0, KEY_QUERY_VALUE | view, &key);
    if (code == ERROR_SUCCESS) ::RegCloseKey(key);
    return code == ERROR_SUCCESS;
}

TEST_CASE("registry: a value comes back with its type and every byte") {
    const Cleanly cleanly;
    WindowsRegistryWriter writer;
    const WindowsRegistry registry;
    std::vector<RegistryValue> values = {
        {RegistryType::text, std::string("a\0b\0\0\0", 6)},
        {RegistryType::text, std::string("a\0b\0", 4)},  // no zero at its end
        {RegistryType::text, "odd"},
        {RegistryType::expandable_text, std::string("%\0x\0%\0\0\0", 8)},
        {RegistryType::texts, std::string("a\0\0\0b\0\0\0\0\0", 10)},
        {RegistryType::binary, std::string("\0\xff\0\x01", 4)},
        {RegistryType::binary, ""},
        {RegistryType::dword, std::string("\1\2\3\4", 4)},
        {RegistryType::dword, "xy"},  // a number of two bytes
        {RegistryType::qword, std::string("\1\0\0\0\0\0\0\x80", 8)},
        {RegistryType::none, "n"},
        {RegistryType{0x1234}, "a type of somebody's own"},
        {RegistryType::binary, std::string(200'000, 'x')},
    };
    for (const auto& value : values) {
        INFO(static_cast<std::uint32_t>(value.type) << ", " << value.bytes.size() << " bytes");
        REQUIRE(writer.set(kKey, "value", value));
        const auto read = registry.value(kKey, "value");
        REQUIRE(read);
        CHECK(read->type == value.type);
        CHECK(read->bytes == value.bytes);
    }
}

TEST_CASE("registry: set says which keys it had to make, the outermost first") {
    const Cleanly cleanly;
    WindowsRegistryWriter writer;
    const RegistryValue value{RegistryType::dword, std::string("\1\0\0\0", 4)};
    const auto key = std::string(kKey) + "\\a\\b";
    const auto made = writer.set(key, "n", value);
    REQUIRE(made);
    CHECK(*made == std::vector<std::string>{kKey, std::string(kKey) + "\\a", key});
    const auto again = writer.set(key, "m", value);
    REQUIRE(again);
    CHECK(again->empty());
    const auto deeper = writer.set(key + "\\c", "", value);
    REQUIRE(deeper);
    CHECK(*deeper == std::vector<std::string>{key + "\\c"});
    const auto by_default = WindowsRegistry().value(key + "\\c", "");
    REQUIRE(by_default);
    CHECK(by_default->bytes == value.bytes);
}

TEST_CASE("registry: removing takes away values and empty keys, and nothing else") {
    const Cleanly cleanly;
    WindowsRegistryWriter writer;
    const WindowsRegistry registry;
    const RegistryValue value{RegistryType::dword, std::string("\1\0\0\0", 4)};
    const auto inner = std::string(kKey) + "\\a";
    REQUIRE(writer.set(inner, "n", value));

    const auto full = writer.remove_empty_key(inner);
    REQUIRE_FALSE(full);
    CHECK(full.error().code == Errc::host_changed);
    const auto parent = writer.remove_empty_key(kKey);
    REQUIRE_FALSE(parent);
    CHECK(parent.error().code == Errc::host_changed);
    CHECK(registry.value(inner, "n"));

    CHECK(writer.remove_value(inner, "N"));
    CHECK(writer.remove_value(inner, "n"));
    CHECK(writer.remove_value(std::string(kKey) + "\\no\\such", "n"));
    REQUIRE(registry.values(inner));
    CHECK(registry.values(inner)->empty());
    CHECK(writer.remove_empty_key(inner));
    CHECK(writer.remove_empty_key(inner));
    const auto gone = registry.values(inner);
    REQUIRE_FALSE(gone);
    CHECK(gone.error().code == Errc::not_found);
    CHECK(writer.remove_empty_key(kKey));
    CHECK_FALSE(view_has_key(KEY_WOW64_64KEY));
}

TEST_CASE("registry: the view is the 64-bit one, whatever this program is") {
    const Cleanly cleanly;
    WindowsRegistryWriter writer;
    REQUIRE(writer.set(kKey, "n", {RegistryType::binary, "64"}));
    CHECK(view_has_key(KEY_WOW64_64KEY));
    CHECK_FALSE(view_has_key(KEY_WOW64_32KEY));

    HKEY other = nullptr;
    REQUIRE(::RegCreateKeyExW(HKEY_LOCAL_MACHINE, kPath, 0, nullptr, 0,
                              KEY_SET_VALUE | KEY_WOW64_32KEY, nullptr, &other, nullptr) == 0);
    ::RegSetValueExW(other, L"n", 0, REG_BINARY, reinterpret_cast<const BYTE*>("32"), 2);
    ::RegCloseKey(other);
    const auto read = WindowsRegistry().value(kKey, "n");
    REQUIRE(read);
    CHECK(read->bytes == "64");

    REQUIRE(writer.remove_value(kKey, "n"));
    REQUIRE(writer.remove_empty_key(kKey));
    CHECK_FALSE(view_has_key(KEY_WOW64_64KEY));
    CHECK(view_has_key(KEY_WOW64_32KEY));
}

TEST_CASE("registry: keys and values are listed, and names are UTF-8 without regard to case") {
    const Cleanly cleanly;
    WindowsRegistryWriter writer;
    const WindowsRegistry registry;
    const auto named = std::string(kKey) + "\\Größe";
    REQUIRE(writer.set(named, "Maß 木 😀", {RegistryType::binary, "x"}));
    REQUIRE(writer.set(kKey, "", {RegistryType::binary, "default"}));
    REQUIRE(writer.set(kKey, "big", {RegistryType::binary, std::string(5000, 'b')}));
    const auto keys = registry.subkeys(kKey);
    REQUIRE(keys);
    CHECK(*keys == std::vector<std::string>{"Größe"});
    const auto values = registry.values(named);
    REQUIRE(values);
    REQUIRE(values->size() == 1);
    CHECK(values->front() == NamedRegistryValue{"Maß 木 😀", {RegistryType::binary, "x"}});
    CHECK(registry.value("hklm\\software\\GUESTPREP-TEST\\größe", "mASS 木 😀").has_value() ==
          false);
    CHECK(registry.value("hklm\\software\\GUESTPREP-TEST\\größe", "mAß 木 😀"));
    const auto all = registry.values(kKey);
    REQUIRE(all);
    REQUIRE(all->size() == 2);
    CHECK((*all)[0].name.empty());
    CHECK((*all)[0].value.bytes == "default");
    CHECK((*all)[1].value.bytes.size() == 5000);
}

TEST_CASE("registry: what is not there, and what nobody knows") {
    const WindowsRegistry registry;
    const auto code_of = [&](std::string_view key) { return registry.values(key).error().code; };
    CHECK(code_of("HKLM\\SOFTWARE\\no such key") == Errc::not_found);
    CHECK(code_of("HKLM\\SYSTEM\\no such key\\a") == Errc::not_found);
    const auto value = registry.value("HKLM\\SOFTWARE", "no such value");
    REQUIRE_FALSE(value);
    CHECK(value.error().code == Errc::not_found);
    CHECK(value.error().message.find("no such value") != std::string::npos);
    // Wine has no BCD, as Server 2003 has none.
    CHECK(code_of("HKLM\\BCD00000000\\Objects") == Errc::not_collected);
    for (const char* other : {"HKLM\\HARDWARE", "HKCU\\Software", "HKLM", "", "HKLM\\SOFTWAREX"})
        CHECK(code_of(other) == Errc::not_collected);
    for (const char* bad : {"HKLM\\SOFTWARE\\", "HKLM\\SOFTWARE\\\\Microsoft"})
        CHECK(code_of(bad) == Errc::bad_syntax);
    CHECK(registry.subkeys("HKU\\.DEFAULT"));
    CHECK(registry.subkeys("HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"));
}

TEST_CASE("registry: CurrentControlSet is the one that the next boot uses") {
    const WindowsRegistry registry;
    WindowsRegistryWriter writer;
    const RegistryValue one{RegistryType::dword, std::string("\1\0\0\0", 4)};
    const RegistryValue nine{RegistryType::dword, std::string("\11\0\0\0", 4)};
    const std::string select = "HKLM\\SYSTEM\\Select";
    const std::string key = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\guestprep-test";
    const std::string next = "HKLM\\SYSTEM\\ControlSet009\\Services\\guestprep-test";

    const auto made = writer.set(select, "Current", one);
    REQUIRE(made);
    const auto default_before = registry.value(select, "Default");
    REQUIRE(writer.set(select, "Default", one));
    REQUIRE(writer.set(select, "Default", nine));
    const auto keys = writer.set(key, "Start", one);
    REQUIRE(keys);
    CHECK(registry.value(key, "Start"));
    CHECK(registry.value(next, "Start"));
    // They are named as they were asked for, so that undo finds them.
    CHECK(keys->back() == key);
    CHECK(keys->size() == 3);
    CHECK(writer.remove_value(key, "Start"));
    for (auto made_key = keys->rbegin(); made_key != keys->rend(); ++made_key)
        CHECK(writer.remove_empty_key(*made_key));

    if (default_before)
        REQUIRE(writer.set(select, "Default", *default_before));
    else
        REQUIRE(writer.remove_value(select, "Default"));
    CHECK_FALSE(registry.value(key, "Start"));
}

}  // namespace
}  // namespace guestprep
