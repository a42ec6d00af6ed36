// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("switch_antivirus_off is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.number(below(keys::kServices, "McShield"), "Start", 2);
        registry.number(below(keys::kServices, "oddflt"), "Start", 0)
            .text(below(keys::kServices, "oddflt"), "Group", "FSFilter Anti-Virus");
        registry_fix_loop(registry, fixers::switch_antivirus_off, checks::antivirus_is_off);
    }
}

TEST_CASE("switch_antivirus_off has nothing to do") {
    {
        auto registry = sound_registry();
        registry.number(below(keys::kServices, "WinDefend"), "Start", 2);
        CHECK(registry_refusal(registry, fixers::switch_antivirus_off).empty());
    }
}

}  // namespace
}  // namespace guestprep
