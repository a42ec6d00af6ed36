// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_keys.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/registry_fix_loop.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

const std::string kCode = "{12345678-1234-1234-1234-123456789ABC}";

MemoryRegistry with_tools(const std::string& code) {
    auto registry = sound_registry();
    registry.text(below(below(keys::kWindows, "Uninstall"), code), "DisplayName", "VMware Tools");
    return registry;
}

TEST_CASE("remove_vmware_tools runs the installer's own uninstaller, once and without a restart") {
    const auto set =
        fixers::remove_vmware_tools.plan(registry_facts(with_tools(kCode)), profile_2026(), {});
    REQUIRE(set);
    REQUIRE(set->changes.size() == 1);
    const auto& command = std::get<CommandStep>(set->changes.front());
    CHECK(command.argv ==
          std::vector<std::string>{"msiexec", "/x", kCode, "/qn", "REBOOT=ReallySuppress"});
    CHECK_FALSE(command.reversible);
}

TEST_CASE("remove_vmware_tools refuses where a needed driver would go with the tools") {
    const auto refusal = [](const MemoryRegistry& registry) {
        return registry_refusal(registry, fixers::remove_vmware_tools);
    };
    auto on_pvscsi = with_tools(kCode);
    on_pvscsi.number(below(keys::kServices, "pvscsi"), "Start", 0);
    CHECK(refusal(on_pvscsi).find("pvscsi") != std::string::npos);
    auto on_vmxnet3 = with_tools(kCode);
    on_vmxnet3.number(below(keys::kInterfaces, "{1}"), "EnableDHCP", 1)
        .text(
            R"(HKLM\SYSTEM\CurrentControlSet\Control\Network\{4D36E972-E325-11CE-BFC1-08002BE10318}\{1}\Connection)",
            "PnpInstanceID", R"(PCI\VEN_15AD&DEV_07B0&SUBSYS_07B015AD\1)");
    CHECK(refusal(on_vmxnet3).find("vmxnet3") != std::string::npos);
    CHECK(refusal(with_tools("VMware & calc.exe")).find("Windows Installer") != std::string::npos);
    CHECK(refusal(sound_registry()).find("no uninstaller") != std::string::npos);
}

}  // namespace
}  // namespace guestprep
