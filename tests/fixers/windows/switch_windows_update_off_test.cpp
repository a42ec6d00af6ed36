// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

MemoryRegistry client(std::uint32_t start) {
    auto registry = sound_registry();
    registry.text(below(keys::kControl, "ProductOptions"), "ProductType", "WinNT")
        .number(below(keys::kServices, "wuauserv"), "Start", start);
    return registry;
}

TEST_CASE("switch_windows_update_off is applied, repeated and undone") {
    for (const std::uint32_t start : {2U, 3U}) {
        auto registry = client(start);
        registry_fix_loop(registry, fixers::switch_windows_update_off,
                          checks::windows_update_is_off);
    }
}

TEST_CASE("switch_windows_update_off has nothing to do, or does nothing") {
    CHECK(registry_refusal(client(4), fixers::switch_windows_update_off).empty());
    CHECK_FALSE(registry_refusal(sound_registry(), fixers::switch_windows_update_off).empty());
}

}  // namespace
}  // namespace guestprep
