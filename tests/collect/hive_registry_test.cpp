// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/hive_registry.h"

#include "agent/collect/windows_paths.h"
#include "agent/formats/registry_value.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/hive_builder.h"

namespace guestprep {
namespace {

const std::string kStart = R"(HKLM\SYSTEM\CurrentControlSet\Services\Dhcp)";

std::string system_hive(std::uint32_t current) {
    return hive_with({{"Select", "Current", registry_dword(current)},
                      {R"(ControlSet001\Services\Dhcp)", "Start", registry_dword(4)},
                      {R"(ControlSet002\Services\Dhcp)", "Start", registry_dword(2)}});
}

TEST_CASE("the current control set is the one that Select names") {
    FakeFiles files;
    files.file("/Windows/System32/config/SYSTEM", system_hive(2));
    const HiveRegistry registry(files);
    CHECK(registry.value(kStart, "Start") == registry_dword(2));
    CHECK(registry.value(R"(HKLM\SYSTEM\ControlSet001\Services\Dhcp)", "Start") ==
          registry_dword(4));
    CHECK(registry.subkeys(R"(HKLM\SYSTEM\CurrentControlSet)") ==
          std::vector<std::string>{"Services"});
    // A key that only begins with the same letters is another key.
    CHECK(registry.value(R"(HKLM\SYSTEM\CurrentControlSetX)", "x").error().code == Errc::not_found);
    CHECK(registry.trouble(kStart).empty());
}

TEST_CASE("what is judged is the control set of the next start") {
    const auto hive = [](std::vector<HiveEntry> select) {
        std::vector<HiveEntry> rows = {
            {R"(ControlSet001\Services\Dhcp)", "Start", registry_dword(4)},
            {R"(ControlSet002\Services\Dhcp)", "Start", registry_dword(2)}};
        rows.insert(rows.end(), select.begin(), select.end());
        return hive_with(rows);
    };
    const auto start = [&](std::vector<HiveEntry> select) {
        FakeFiles files;
        files.file("/Windows/System32/config/SYSTEM", hive(std::move(select)));
        return HiveRegistry(files).value(kStart, "Start");
    };
    CHECK(start({{"Select", "Current", registry_dword(1)},
                 {"Select", "Default", registry_dword(2)}}) == registry_dword(2));
    CHECK(start({{"Select", "Current", registry_dword(1)}}) == registry_dword(4));
    // A Default that is no number says nothing, and what it means is not to be guessed.
    CHECK(
        start({{"Select", "Current", registry_dword(1)}, {"Select", "Default", registry_text("2")}})
            .error()
            .code == Errc::bad_syntax);
    CHECK(
        start({{"Select", "Current", registry_dword(1)}, {"Select", "Default", registry_dword(7)}})
            .error()
            .code == Errc::bad_syntax);
}

TEST_CASE("without Select there is no current control set") {
    FakeFiles files;
    files.file("/Windows/System32/config/SYSTEM",
               hive_with({{R"(ControlSet001\Services\Dhcp)", "Start", registry_dword(2)}}));
    const HiveRegistry registry(files);
    const auto value = registry.value(kStart, "Start");
    REQUIRE_FALSE(value);
    CHECK(value.error().code == Errc::bad_syntax);
    CHECK(value.error().message.find("Select") != std::string::npos);
    CHECK(registry.value(R"(HKLM\SYSTEM\ControlSet001\Services\Dhcp)", "Start"));
}

TEST_CASE("a control set that is not there has no services that are known to be missing") {
    FakeFiles files;
    files.file("/Windows/System32/config/SYSTEM", system_hive(7));
    const HiveRegistry registry(files);
    CHECK(registry.value(kStart, "Start").error().code == Errc::bad_syntax);
    CHECK(registry.subkeys(R"(HKLM\SYSTEM\CurrentControlSet\Services)")
              .error()
              .message.find("ControlSet007") != std::string::npos);
}

TEST_CASE("names on the disk may be written in any case, and the folder be WINNT") {
    for (const auto* path : {"/WINDOWS/system32/CONFIG/system", "/WinNT/System32/config/System"}) {
        FakeFiles files;
        files.file(path, system_hive(1));
        CHECK(HiveRegistry(files).value(kStart, "Start") == registry_dword(4));
        CHECK(find_hive_folder(files));
    }
}

TEST_CASE("a hive that is not there or not readable is not a hive without values") {
    FakeFiles files;
    files.file("/Windows/System32/config/SYSTEM", system_hive(1));
    files.file("/Windows/System32/config/SAM", "x").deny("/Windows/System32/config/SAM");
    files.file("/Windows/System32/config/DEFAULT", std::string(8192, '\0'));
    const HiveRegistry registry(files);
    CHECK(registry.value(R"(HKLM\SOFTWARE\Microsoft)", "x").error().code == Errc::not_collected);
    CHECK(registry.subkeys(R"(HKLM\BCD00000000\Objects)").error().code == Errc::not_collected);
    CHECK(registry.values(R"(HKLM\SAM\SAM)").error().code == Errc::access_denied);
    CHECK(registry.values(R"(HKU\.DEFAULT)").error().code == Errc::bad_syntax);
    CHECK(registry.trouble(R"(HKU\.DEFAULT)").find("DEFAULT") != std::string::npos);
    CHECK(registry.value(R"(HKCU\Software)", "x").error().code == Errc::unsupported);
}

TEST_CASE("the boot store is found on either kind of system partition") {
    const auto store = hive_with({{"Objects", "x", registry_dword(1)}});
    for (const auto* path : {"/Boot/BCD", "/EFI/Microsoft/Boot/BCD"}) {
        FakeFiles files;
        files.file(path, store);
        CHECK(HiveRegistry(files).value(R"(HKLM\BCD00000000\Objects)", "x") == registry_dword(1));
    }
}

TEST_CASE("a hive that was not closed cleanly is trouble, or with its logs worth a note") {
    const auto dirty = [](std::uint32_t v) {
        HiveBuilder builder;
        return builder.file(builder.key("r", {builder.value("v", registry_dword(v))}), 3, 2);
    };
    const std::string path = "/Windows/System32/config/SOFTWARE";
    const std::string key = R"(HKLM\SOFTWARE)";
    const auto log = log_head(dirty(1), 6, 2) + log_entry(dirty(2), 2, {0});
    FakeFiles files;
    files.file(path, dirty(1));
    {
        const HiveRegistry registry(files);
        CHECK(registry.trouble(key).starts_with("SOFTWARE: it was not closed cleanly, and no log"));
        CHECK(registry.value(key, "v") == registry_dword(1));
    }
    SECTION("its logs are applied, whatever case their names have") {
        files.file(path + ".log2", log);
        const HiveRegistry registry(files);
        CHECK(registry.value(key, "v") == registry_dword(2));
        CHECK(registry.note(key) ==
              "SOFTWARE: it was not closed cleanly, and its logs were applied");
        CHECK(registry.trouble(key).empty());
    }
    SECTION("a log that may not be read is said") {
        files.file(path + ".LOG1", log).deny(path + ".LOG1");
        CHECK(HiveRegistry(files).trouble(key).find("SOFTWARE.LOG1") != std::string::npos);
    }
}

TEST_CASE("damage that was met on the way is trouble") {
    HiveBuilder builder;
    const auto broken = builder.key("broken");
    const auto root = builder.key_over("r", {broken});
    builder.poke(broken, 64);  // free space
    FakeFiles files;
    files.file("/Windows/System32/config/SAM", builder.file(root));
    const HiveRegistry registry(files);
    CHECK(registry.trouble(R"(HKLM\SAM)").empty());
    CHECK(registry.subkeys(R"(HKLM\SAM)").error().code == Errc::bad_syntax);
    CHECK(registry.trouble(R"(HKLM\SAM)").starts_with("SAM: damaged at 0x"));
}

}  // namespace
}  // namespace guestprep
