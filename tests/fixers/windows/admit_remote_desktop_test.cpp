// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"

namespace guestprep {
namespace {

TEST_CASE("admit_remote_desktop is applied, repeated and undone") {
    {
        auto registry = sound_registry();
        const auto fixed =
            registry_fix_loop(registry, fixers::admit_remote_desktop, checks::firewall_admits_rdp);
        CHECK(fixed.find("guestprep-RemoteDesktop-In-TCP") != std::string::npos);
    }
    {
        auto registry = sound_registry("2003");
        const auto fixed =
            registry_fix_loop(registry, fixers::admit_remote_desktop, checks::firewall_admits_rdp);
        CHECK(fixed.find("3389:TCP:*:Enabled") != std::string::npos);
    }
    {
        auto registry = sound_registry("2003");
        registry.text(below(keys::kFirewall, "StandardProfile\\GloballyOpenPorts\\List"),
                      "3389:TCP", "3389:TCP:*:Disabled:x");
        const auto fixed =
            registry_fix_loop(registry, fixers::admit_remote_desktop, checks::firewall_admits_rdp);
        CHECK(fixed.find("3389:TCP:*:Enabled") != std::string::npos);
    }
}

TEST_CASE("admit_remote_desktop on a Server 2003 that has one profile only") {
    auto registry = sound_registry("2003");
    for (const auto* profile : {"DomainProfile", "PublicProfile"}) {
        registry.remove(below(keys::kFirewall, profile), "EnableFirewall");
        registry.remove_empty(below(keys::kFirewall, profile));
    }
    const auto fixed =
        registry_fix_loop(registry, fixers::admit_remote_desktop, checks::firewall_admits_rdp);
    CHECK(fixed.find("3389:TCP:*:Enabled") != std::string::npos);
}

TEST_CASE("admit_remote_desktop refuses and says why") {
    {
        auto registry = sound_registry();
        registry.number(below(keys::kFirewall, "PublicProfile"), "DoNotAllowExceptions", 1);
        CHECK(registry_refusal(registry, fixers::admit_remote_desktop).find("not be enough") !=
              std::string::npos);
    }
}

TEST_CASE("admit_remote_desktop has nothing to do") {
    {
        auto registry = sound_registry();
        registry.number(below(keys::kFirewall, "PublicProfile"), "EnableFirewall", 0);
        CHECK(registry_refusal(registry, fixers::admit_remote_desktop).empty());
    }
}

}  // namespace
}  // namespace guestprep
