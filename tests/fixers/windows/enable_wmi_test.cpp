// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("enable_wmi is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.number(below(keys::kServices, "Winmgmt"), "Start", 4);
        registry_fix_loop(registry, fixers::enable_wmi, checks::wmi_is_enabled);
    }
}

TEST_CASE("enable_wmi has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::enable_wmi).empty());
    }
}

}  // namespace
}  // namespace guestprep
