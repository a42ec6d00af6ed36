// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("switch_remote_desktop_on is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        registry.number(keys::kTerminalServer, "fDenyTSConnections", 1);
        registry_fix_loop(registry, fixers::switch_remote_desktop_on, checks::remote_desktop_is_on);
    }
    {
        auto registry = sound_registry();
        registry.number(keys::kRdpTcp, "LanAdapter", 2)
            .number(below(keys::kServices, "TermService"), "Start", 4);
        registry_fix_loop(registry, fixers::switch_remote_desktop_on, checks::remote_desktop_is_on);
    }
}

TEST_CASE("switch_remote_desktop_on refuses and says why") {
    {
        auto registry = sound_registry();
        registry.number(keys::kTerminalPolicy, "fDenyTSConnections", 1);
        CHECK(registry_refusal(registry, fixers::switch_remote_desktop_on).find("group policy") !=
              std::string::npos);
    }
}

TEST_CASE("switch_remote_desktop_on has nothing to do") {
    {
        auto registry = sound_registry();
        CHECK(registry_refusal(registry, fixers::switch_remote_desktop_on).empty());
    }
}

TEST_CASE("switch_remote_desktop_on enables what Remote Desktop needs besides its own service") {
    auto registry = sound_registry();
    registry.number(below(keys::kServices, "UmRdpService"), "Start", 4)
        .number(below(keys::kServices, "SessionEnv"), "Start", 4);
    registry_fix_loop(registry, fixers::switch_remote_desktop_on, checks::remote_desktop_is_on);
}

}  // namespace
}  // namespace guestprep
