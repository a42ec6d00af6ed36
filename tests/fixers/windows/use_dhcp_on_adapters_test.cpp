// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

TEST_CASE("use_dhcp_on_adapters is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        const auto key = below(keys::kInterfaces, "{1}");
        registry.number(key, "EnableDHCP", 0)
            .texts(key, "IPAddress", {"192.168.77.10"})
            .texts(key, "SubnetMask", {"255.255.255.0"})
            .texts(key, "DefaultGateway", {"192.168.77.1"})
            .text(key, "NameServer", "192.168.77.1");
        const auto fixed =
            registry_fix_loop(registry, fixers::use_dhcp_on_adapters, checks::adapters_use_dhcp);
        CHECK(fixed.find("EnableDHCP = REG_DWORD 1") != std::string::npos);
    }
    {
        // Routes alone, one with a value of a type that Windows would not write.
        auto registry = sound_registry();
        const auto key = below(keys::kTcpip, "PersistentRoutes");
        registry.number(below(keys::kInterfaces, "{1}"), "EnableDHCP", 1)
            .text(key, "10.0.0.0,255.0.0.0,192.168.77.1,1", "")
            .number(key, "10.1.0.0,255.255.0.0,192.168.77.2,1", 7);
        const auto plan =
            fixers::use_dhcp_on_adapters.plan(registry_facts(registry), profile_2026(), {});
        REQUIRE(plan);
        CHECK(plan->changes.size() == 2);
        REQUIRE(plan->notes.size() == 2);
        CHECK(plan->notes.front().find("10.0.0.0,255.0.0.0,192.168.77.1,1") != std::string::npos);
        const auto fixed =
            registry_fix_loop(registry, fixers::use_dhcp_on_adapters, checks::adapters_use_dhcp);
        CHECK(fixed.find("192.168.77") == std::string::npos);
    }
}

TEST_CASE("use_dhcp_on_adapters has nothing to do") {
    {
        auto registry = sound_registry();
        registry.number(below(keys::kInterfaces, "{1}"), "EnableDHCP", 1);
        CHECK(registry_refusal(registry, fixers::use_dhcp_on_adapters).empty());
    }
}

}  // namespace
}  // namespace guestprep
