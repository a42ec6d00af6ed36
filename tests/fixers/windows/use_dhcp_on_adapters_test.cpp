// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

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
