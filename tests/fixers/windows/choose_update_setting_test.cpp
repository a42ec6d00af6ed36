// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("choose_update_setting is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.number(keys::kUpdate, "AUOptions", 3);
        registry_fix_loop(registry, fixers::choose_update_setting,
                          checks::update_setting_is_chosen);
    }
}

TEST_CASE("choose_update_setting refuses and says why") {
    {
        auto registry = sound_registry();
        registry.number(keys::kUpdatePolicy, "AUOptions", 3);
        CHECK(registry_refusal(registry, fixers::choose_update_setting).find("group policy") !=
              std::string::npos);
    }
}

TEST_CASE("choose_update_setting has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::choose_update_setting).empty());
    }
}

}  // namespace
}  // namespace guestprep
