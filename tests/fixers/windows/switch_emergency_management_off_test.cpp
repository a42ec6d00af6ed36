// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_boot_loop.h"

namespace guestprep {
namespace {

constexpr const char* kEmsSettings = "{0ce4991b-e6b3-4b16-b23c-5e0d9250e5d9}";
const auto& fixer = fixers::switch_emergency_management_off;
const auto& check = checks::emergency_management_is_off;

TEST_CASE("switch_emergency_management_off is applied, repeated and undone") {
    {
        BootGuest guest("2019");
        guest.element(kEmsSettings, "16000020", std::string(1, '\1'))
            .element(kTestLoader, "260000b0", std::string(1, '\1'));
        boot_fix_loop(guest, fixer, check);
        REQUIRE(guest.bcdedit.ran.size() == 4);
        CHECK(guest.bcdedit.ran[1] == "bcdedit /ems " + std::string(kTestLoader) + " off");
    }
    {
        BootGuest guest("2019");
        guest.element(kEmsSettings, "16000020", std::string(1, '\1'));
        boot_fix_loop(guest, fixer, check);
    }
    {
        const std::string text =
            "[boot loader]\r\ntimeout=30\r\nredirect=USEBIOSSETTINGS\r\ndefault=a\\WINDOWS\r\n"
            "[operating systems]\r\na\\WINDOWS=\"2003\" /fastdetect /redirect";
        BootGuest guest("2003", text);
        const auto fixed = boot_fix_loop(guest, fixer, check);
        CHECK(fixed.ends_with("a\\WINDOWS=\"2003\" /fastdetect"));
        CHECK_FALSE(contains(fixed, "redirect"));
    }
}

TEST_CASE("switch_emergency_management_off has nothing to do, or does nothing") {
    CHECK(fixer.plan(BootGuest("2019").facts(), profile_2026(), {})->empty());
    CHECK(
        fixer.plan(BootGuest("2003", "[operating systems]\na=\"A\"\n").facts(), profile_2026(), {})
            ->empty());
    // No boot.ini, a store that may not be read, an element of the wrong type.
    CHECK_FALSE(fixer.plan(BootGuest("2003").facts(), profile_2026(), {}));
    BootGuest guest("2019");
    guest.registry.fails(keys::kBootStore, Errc::access_denied);
    CHECK_FALSE(fixer.plan(guest.facts(), profile_2026(), {}));
    BootGuest odd("2019");
    odd.element(kEmsSettings, "16000020", "");
    CHECK_FALSE(fixer.plan(odd.facts(), profile_2026(), {}));
    CHECK(check.evaluate(odd.facts(), profile_2026()).status == Status::unknown);
}

TEST_CASE("switch_emergency_management_off is rolled back where bcdedit refuses") {
    BootGuest guest("2019");
    guest.element(kEmsSettings, "16000020", std::string(1, '\1'));
    const auto before = guest.as_text();
    const auto set = fixer.plan(guest.facts(), profile_2026(), {});
    REQUIRE(set);
    MemoryRegistryWriter writer(guest.registry);
    Workshop shop{*guest.files, *guest.writer, &guest.bcdedit, &guest.registry, &writer};
    auto refused = set->changes.front();
    std::get<CommandStep>(refused).argv.back() = "maybe";
    std::get<CommandStep>(refused).argv.emplace_back("x");
    const auto applied =
        apply({{"win-ems", set->changes.front()}, {"win-ems", refused}}, shop, "run-1");
    REQUIRE(applied);
    CHECK(applied->outcome == Outcome::rolled_back);
    CHECK(guest.as_text() == before);
}

}  // namespace
}  // namespace guestprep
