// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("bring_disks_online is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.number(keys::kPartitionManager, "SanPolicy", 3);
        registry_fix_loop(registry, fixers::bring_disks_online, checks::disks_come_online);
    }
}

TEST_CASE("bring_disks_online has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::bring_disks_online).empty());
    }
}

}  // namespace
}  // namespace guestprep
