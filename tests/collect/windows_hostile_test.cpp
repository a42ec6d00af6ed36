// SPDX-License-Identifier: Apache-2.0
//
// Whatever bytes a guest's registry holds: no check passes on a value that decides it and that
// nobody can read.
#include <map>
#include <set>

#include "agent/collect/collect.h"
#include "agent/collect/hive_registry.h"
#include "agent/core/text.h"
#include "agent/facts/facts_json.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/registry_fix_loop.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

using Statuses = std::map<std::string_view, Status>;

Statuses judge_all(const Facts& facts) {
    Statuses statuses;
    for (const auto* check : checks::all())
        if (check->platform != Platform::linux_guest)
            statuses[check->id] = check->evaluate(facts, profile_2026()).status;
    return statuses;
}

std::vector<RegistryValue> readable_values() {
    std::vector<RegistryValue> values;
    for (const std::uint32_t number : {0U, 1U, 2U, 3U, 4U, 9U})
        values.push_back(registry_dword(number));
    for (const auto* text :
         {"0", "1", "2", "x", "D:\\x", "LanmanNT", "WinNT", "0411", "6.1", "7601",
          "IMAGE_STATE_UNDEPLOYABLE", "Nano Server", "ServerStandardEval"})
        values.push_back(registry_text(text));
    values.push_back(registry_texts({"x", "y"}));
    values.push_back(registry_texts({R"(D:\pagefile.sys 0 0)"}));
    return values;
}

/// What Windows would not write, and nobody can read as what it stands for.
std::vector<RegistryValue> garbage() {
    return {{RegistryType::binary, "\xee\xee\xee"},
            {RegistryType::none, ""},
            {RegistryType::dword, "\1"},
            {RegistryType::qword, "\1\2\3"},
            {RegistryType{0xffff}, std::string(4, '\0')}};
}

MemoryRegistry rich_registry(const std::string& release) {
    auto registry = sound_registry(release);
    registry.number(below(keys::kInterfaces, "{1}"), "EnableDHCP", 1)
        .number(keys::kSetup, "SetupType", 0)
        .text(below(keys::kControl, "Nls\\Language"), "InstallLanguage", "0409")
        .number(below(keys::kNetFramework, "v3.5"), "Install", 1)
        .number(below(keys::kNetFramework, "v3.5"), "SP", 1)
        .texts(keys::kSessionManager, "BootExecute", {"autocheck autochk *"})
        .text(keys::kProfileList, "ProfilesDirectory", R"(%SystemDrive%\Users)");
    return registry;
}

/// A service whose program cannot be read is not started by Windows either.
bool is_detail_of_service(std::string_view name) {
    return name == "ImagePath" || name == "ServiceDll" || name == "Group" || name == "Type" ||
           name == "Altitude";
}

TEST_CASE("hostile registry: a value that decides a check cannot be passed over") {
    // A service without a Start that can be read is not loaded, which is what some checks ask for.
    const std::set<std::string_view> asks_for_nothing = {"av-ids-disabled", "win-write-filter"};
    for (const char* release : {"2019", "2003"}) {
        const auto registry = rich_registry(release);
        const auto facts = registry_facts(registry);
        const auto before = judge_all(facts);
        for (const auto& [place, value] : facts.registry_sources) {
            if (is_detail_of_service(place.second)) continue;
            const auto with = [&](const RegistryValue& other) {
                auto changed = registry;
                changed.set(place.first, place.second, other);
                return judge_all(registry_facts(changed));
            };
            std::set<std::string_view> decided;
            for (const auto& other : readable_values())
                for (const auto& [id, status] : with(other))
                    if (status == Status::fail && before.at(id) == Status::pass &&
                        !asks_for_nothing.contains(id))
                        decided.insert(id);
            if (decided.empty()) continue;
            for (const auto& bad : garbage()) {
                const auto after = with(bad);
                for (const auto id : decided) {
                    INFO(release << ": " << id << " by " << place.first << ", " << place.second
                                 << " = " << shown_value(bad));
                    CHECK(after.at(id) != Status::pass);
                }
            }
        }
    }
}

TEST_CASE("hostile registry: facts of any bytes are saved and read back") {
    auto registry = rich_registry("2019");
    const auto facts = registry_facts(registry);
    for (const auto& bytes :
         {std::string("\0", 1), std::string("\xd8\0\xd8", 3), std::string(7, '\xff'),
          std::string("a\0b\0\0\0c\0", 8), std::string(4097, 'x')})
        for (const auto type : {RegistryType::text, RegistryType::expandable_text,
                                RegistryType::texts, RegistryType::binary, RegistryType::dword}) {
            for (const auto& [place, value] : facts.registry_sources)
                registry.set(place.first, place.second, {type, bytes});
            const auto saved = facts_to_json(registry_facts(registry));
            const auto again = facts_from_json(saved);
            REQUIRE(again);
            CHECK(facts_to_json(*again) == saved);
            (void)judge_all(*again);
        }
}

TEST_CASE("hostile registry: lists without their ends are read to the value's end") {
    CHECK(texts_of({RegistryType::texts, std::string("a\0", 2)}) == std::vector<std::string>{"a"});
    CHECK(texts_of({RegistryType::texts, std::string("\0", 1)})->size() == 1);
    CHECK(texts_of({RegistryType::texts, ""})->empty());
    // A file that is deleted has an empty new name: what follows it still waits.
    auto registry = rich_registry("2019");
    registry.set(keys::kSessionManager, "PendingFileRenameOperations",
                 {RegistryType::texts, std::string("\0\0x\0", 4)});
    CHECK(checks::nothing_waits_for_a_restart.evaluate(registry_facts(registry), profile_2026())
              .status == Status::fail);
}

TEST_CASE("hostile hives: empty ones, zeroes and stumps leave nothing that passes by their word") {
    for (const auto& bytes : {std::string(), std::string(8192, '\0'), std::string("regf"),
                              "regf" + std::string(4092, '\0'), std::string(5000, '\xff')}) {
        FakeFiles files;
        for (const auto* hive : {"SYSTEM", "SOFTWARE", "SAM"})
            files.file(std::string("/Windows/System32/config/") + hive, bytes);
        files.file("/Boot/BCD", bytes);
        const HiveRegistry registry(files);
        const FakeCommands commands;
        const FakeDevices devices;
        const auto facts = collect({files, commands, devices, {}, false, true, &registry});
        for (const auto& [id, status] : judge_all(facts)) {
            INFO(id << " on " << bytes.size() << " bytes");
            CHECK(status != Status::pass);
        }
    }
}

}  // namespace
}  // namespace guestprep
