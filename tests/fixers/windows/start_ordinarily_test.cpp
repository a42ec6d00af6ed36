// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"
#include "tests/support/windows_boot_loop.h"

namespace guestprep {
namespace {

const auto& fixer = fixers::start_ordinarily;
const auto& check = checks::boots_into_windows_itself;

TEST_CASE("start_ordinarily is applied, repeated and undone") {
    for (const char mode : {'\0', '\1', '\2'}) {
        BootGuest guest("2019");
        guest.element(kTestLoader, "25000080", std::string(1, mode) + std::string(7, '\0'));
        boot_fix_loop(guest, fixer, check);
    }
    BootGuest old("2003",
                  "[boot loader]\ndefault=b\n[operating systems]\na=\"A\" /safeboot:minimal\n"
                  "b=\"B\" /SAFEBOOT:network /sos /bootlog\n");
    const auto fixed = boot_fix_loop(old, fixer, check);
    CHECK(contains(fixed, "a=\"A\" /safeboot:minimal\nb=\"B\" /sos /bootlog\n"));
}

TEST_CASE("start_ordinarily has nothing to do, or does nothing") {
    CHECK(fixer.plan(BootGuest("2019").facts(), profile_2026(), {})->empty());
    BootGuest odd("2019");
    odd.element(kTestLoader, "25000080", std::string(8, '\7'));
    CHECK_FALSE(fixer.plan(odd.facts(), profile_2026(), {}));
    BootGuest recovery("2019");
    recovery.element(kTestLoader, "26000022", std::string(1, '\1'));
    CHECK_FALSE(fixer.plan(recovery.facts(), profile_2026(), {}));
    BootGuest nowhere("2019");
    nowhere.registry.remove(
        R"(HKLM\BCD00000000\Objects\{9dea862c-5cdd-4e70-acc1-f32b344d4795}\Elements\23000003)",
        "Element");
    CHECK_FALSE(fixer.plan(nowhere.facts(), profile_2026(), {}));
    CHECK(check.evaluate(nowhere.facts(), profile_2026()).status == Status::unknown);
}

}  // namespace
}  // namespace guestprep
