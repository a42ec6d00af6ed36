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

constexpr const char* kManager = "{9dea862c-5cdd-4e70-acc1-f32b344d4795}";
const auto& fixer = fixers::switch_debugger_off;
const auto& check = checks::debugger_is_off;

const std::string on(1, '\1');

TEST_CASE("switch_debugger_off is applied, repeated and undone") {
    {
        BootGuest guest("2019");
        guest.element(kTestLoader, "260000a0", on)
            .element(kTestLoader, "16000010", on)
            .element(kManager, "16000010", on);
        boot_fix_loop(guest, fixer, check);
        REQUIRE(guest.bcdedit.ran.size() == 6);
        CHECK(guest.bcdedit.ran[0] == "bcdedit /debug " + std::string(kTestLoader) + " off");
        CHECK(guest.bcdedit.ran[1] == "bcdedit /bootdebug " + std::string(kTestLoader) + " off");
        CHECK(guest.bcdedit.ran[2] == "bcdedit /bootdebug " + std::string(kManager) + " off");
    }
    {
        // Only what is on is switched off, and only that is brought back.
        BootGuest guest("2019");
        guest.element(kTestLoader, "260000a0", std::string(1, '\0'))
            .element(kManager, "16000010", on);
        boot_fix_loop(guest, fixer, check);
        CHECK(guest.bcdedit.ran.size() == 2);
    }
    {
        BootGuest guest("2003",
                        "[boot loader]\r\ndefault=a\\WINDOWS\r\n[operating systems]\r\n"
                        "a\\WINDOWS=\"2003\" /fastdetect /debug /debugport=com2 /baudrate=115200");
        const auto fixed = boot_fix_loop(guest, fixer, check);
        CHECK(fixed.ends_with("a\\WINDOWS=\"2003\" /fastdetect"));
    }
}

TEST_CASE("switch_debugger_off has nothing to do, or does nothing") {
    CHECK(fixer.plan(BootGuest("2019").facts(), profile_2026(), {})->empty());
    const std::string crash = "[operating systems]\na=\"A\" /debug /crashdebug /baudrate=19200\n";
    CHECK_FALSE(fixer.plan(BootGuest("2003", crash).facts(), profile_2026(), {}));
    BootGuest unread("2019");
    unread.registry.fails(keys::kBootStore, Errc::access_denied);
    CHECK_FALSE(fixer.plan(unread.facts(), profile_2026(), {}));
    // Facts that were saved have no values to go by.
    BootGuest guest("2019");
    guest.element(kTestLoader, "260000a0", on);
    auto saved = guest.facts();
    saved.registry_sources.clear();
    CHECK_FALSE(fixer.plan(saved, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
