// SPDX-License-Identifier: Apache-2.0
#include "tests/support/windows_boot_loop.h"

#include "agent/collect/collect.h"
#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/registry_fix_loop.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

std::string element_key(std::string_view id, std::string_view number) {
    return below(below(below(keys::kBootStore, id), "Elements"), number);
}

constexpr std::string_view kManager = "{9dea862c-5cdd-4e70-acc1-f32b344d4795}";

}  // namespace

Result<CommandOutput> FakeBcdedit::run(const Command& command) const {
    const auto& words = command.argv;
    ran.push_back(join(words, " "));
    const auto boolean = [](const std::string& word) {
        return std::string(1, word == "yes" || word == "on" ? '\1' : '\0');
    };
    if (words.size() == 5 && words[1] == "/set" && words[2] == "{emssettings}") {
        registry_.bytes(element_key("{0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9}", "16000020"),
                        "Element", boolean(words[4]));
    } else if (words.size() == 4 && words[1] == "/ems") {
        registry_.bytes(element_key(words[2], "260000b0"), "Element", boolean(words[3]));
    } else if (words.size() == 4 && words[1] == "/debug") {
        registry_.bytes(element_key(words[2], "260000a0"), "Element", boolean(words[3]));
    } else if (words.size() == 4 && words[1] == "/bootdebug") {
        registry_.bytes(element_key(words[2], "16000010"), "Element", boolean(words[3]));
    } else if (words.size() == 4 && words[1] == "/deletevalue" && words[3] == "safeboot") {
        registry_.remove(element_key(words[2], "25000080"), "Element");
    } else if (words.size() == 5 && words[1] == "/set" && words[3] == "safeboot") {
        const char mode = words[4] == "minimal" ? 0 : words[4] == "network" ? 1 : 2;
        registry_.bytes(element_key(words[2], "25000080"), "Element",
                        std::string(1, mode) + std::string(7, '\0'));
    } else {
        return CommandOutput{.exit_code = 1, .out = {}, .err = "The parameter is incorrect."};
    }
    return CommandOutput{};
}

BootGuest::BootGuest(const std::string& release, const std::string& boot_ini)
    : registry(sound_registry(release)), bcdedit(registry) {
    root.file("var/lib/guestprep/.keep", "");
    if (!boot_ini.empty()) root.file("Boot.INI", boot_ini);
    files = *RootedFiles::at(root.path().string());
    writer = *RootedWriter::at(root.path().string());
    if (release == "2003") return;
    registry.number(below(below(keys::kBootStore, kTestLoader), "Description"), "Type", 0x10200003);
    registry.text(element_key(kManager, "23000003"), "Element", kTestLoader);
    registry.text(element_key(kTestLoader, "12000002"), "Element",
                  R"(\Windows\system32\winload.exe)");
}

BootGuest& BootGuest::element(std::string_view id, std::string_view number, std::string bytes) {
    registry.bytes(element_key(id, number), "Element", std::move(bytes));
    return *this;
}

Facts BootGuest::facts() const {
    const FakeDevices devices;
    return collect({*files, bcdedit, devices, {}, true, true, &registry});
}

std::string BootGuest::as_text() const {
    return registry.as_text() + files->read(GuestPath("/Boot.INI"), kConfigLimit).value_or("");
}

std::string boot_fix_loop(BootGuest& guest, const Fixer& fixer, const Check& check) {
    const auto& profile = profile_2026();
    const auto facts = guest.facts();
    CHECK(check.evaluate(facts, profile).status == Status::fail);
    const auto set = fixer.plan(facts, profile, {});
    INFO((set ? "" : set.error().message));
    REQUIRE(set);
    REQUIRE_FALSE(set->empty());
    std::vector<PlannedChange> changes;
    for (const auto& change : set->changes) changes.push_back({std::string(fixer.id), change});
    MemoryRegistryWriter registry_writer(guest.registry);
    Workshop shop{*guest.files, *guest.writer, &guest.bcdedit, &guest.registry, &registry_writer};
    const auto before = guest.as_text();
    const auto applied = apply(changes, shop, "run-1");
    INFO((applied ? applied->trouble : applied.error().message));
    REQUIRE(applied);
    REQUIRE(applied->outcome == Outcome::applied);
    auto fixed = guest.as_text();
    const auto after = guest.facts();
    const auto finding = check.evaluate(after, profile);
    INFO(finding.summary);
    CHECK(finding.status == Status::pass);
    const auto again = fixer.plan(after, profile, {});
    REQUIRE(again);
    CHECK(again->empty());
    const auto run = read_run(*guest.files, "run-1");
    REQUIRE(run);
    const auto undone = undo(*run, shop, [](const std::string&) { return true; });
    INFO((undone ? undone->trouble : undone.error().message));
    REQUIRE(undone);
    CHECK(undone->outcome == Outcome::undone);
    CHECK(guest.as_text() == before);
    return fixed;
}

}  // namespace guestprep
