// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

TEST_CASE("stop_autologon is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.text(keys::kWinlogon, "AutoAdminLogon", "1")
            .number(keys::kWinlogon, "AutoLogonCount", 3);
        registry_fix_loop(registry, fixers::stop_autologon,
                          checks::nobody_is_logged_on_automatically);
    }
}

TEST_CASE("stop_autologon has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::stop_autologon).empty());
    }
}

TEST_CASE("stop_autologon removes a stored password that nobody reads") {
    auto registry = sound_registry();
    registry.text(keys::kWinlogon, "DefaultPassword", "hunter2");
    const auto set = fixers::stop_autologon.plan(registry_facts(registry), profile_2026(), {});
    REQUIRE(set);
    REQUIRE(set->changes.size() == 1);
    const auto& edit = std::get<RegistryEdit>(set->changes.front());
    CHECK(edit.secret);
    CHECK(edit.name == "DefaultPassword");
    CHECK_FALSE(edit.before);
    CHECK_FALSE(edit.after);
}

}  // namespace
}  // namespace guestprep
