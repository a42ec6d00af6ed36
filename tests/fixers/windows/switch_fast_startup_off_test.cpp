// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("switch_fast_startup_off is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.number(keys::kSessionPower, "HiberbootEnabled", 1);
        registry_fix_loop(registry, fixers::switch_fast_startup_off, checks::fast_startup_is_off);
    }
}

TEST_CASE("switch_fast_startup_off has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::switch_fast_startup_off).empty());
    }
}

}  // namespace
}  // namespace guestprep
