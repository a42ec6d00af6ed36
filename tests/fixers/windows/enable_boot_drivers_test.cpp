// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("enable_boot_drivers is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.number(below(keys::kServices, "atapi"), "Start", 4);
        registry_fix_loop(registry, fixers::enable_boot_drivers, checks::boot_drivers_are_enabled);
    }
}

TEST_CASE("enable_boot_drivers has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::enable_boot_drivers).empty());
    }
}

TEST_CASE("enable_boot_drivers leaves a driver disabled that another one stands in for") {
    auto registry = sound_registry();
    registry.number(below(keys::kServices, "pciide"), "Start", 4)
        .number(below(keys::kServices, "intelide"), "Start", 0);
    CHECK(registry_refusal(registry, fixers::enable_boot_drivers).empty());
}

}  // namespace
}  // namespace guestprep
