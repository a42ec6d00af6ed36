// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("mount_new_volumes is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.number(keys::kMountManager, "NoAutoMount", 1);
        registry_fix_loop(registry, fixers::mount_new_volumes, checks::new_volumes_are_mounted);
    }
}

TEST_CASE("mount_new_volumes has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::mount_new_volumes).empty());
    }
}

}  // namespace
}  // namespace guestprep
