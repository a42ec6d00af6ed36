// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("set_clock_to_universal is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.remove(keys::kTimeZone, "RealTimeIsUniversal");
        registry_fix_loop(registry, fixers::set_clock_to_universal, checks::clock_is_universal);
    }
    {
        auto registry = sound_registry();
        registry.number(keys::kTimeZone, "RealTimeIsUniversal", 0);
        registry_fix_loop(registry, fixers::set_clock_to_universal, checks::clock_is_universal);
    }
}

TEST_CASE("set_clock_to_universal has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::set_clock_to_universal).empty());
    }
}

}  // namespace
}  // namespace guestprep
