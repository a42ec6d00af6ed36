// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kVmxnet3 = "VEN_15AD&DEV_07B0";

/// A driver that goes with the tools and that the guest still needs here.
std::string needed_driver(const WindowsFacts& windows) {
    if (const auto* service = service_called(windows.system, "pvscsi");
        service != nullptr && is_enabled(*service))
        return "the disk may be on pvscsi";
    if (windows.network.interfaces)
        for (const auto& one : *windows.network.interfaces)
            if (contains(one.device, kVmxnet3)) return "the network is on vmxnet3";
    return {};
}

/// "{GUID}": what msiexec takes, and nothing else.
bool is_product_code(std::string_view key) {
    return key.size() == 38 && key.front() == '{' && key.back() == '}' &&
           key.find_first_not_of("0123456789abcdefABCDEF-{}") == std::string_view::npos;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& windows = facts.of_windows();
    if (!windows.software.programs) return std::unexpected(windows.software.programs.error());
    if (const auto driver = needed_driver(windows); !driver.empty())
        return failure(Errc::unsupported, driver + ", whose driver would go with the tools");
    ChangeSet set;
    for (const auto& program : *windows.software.programs) {
        if (!equal_ignoring_case(trimmed(program.name), "VMware Tools")) continue;
        if (!is_product_code(program.key))
            return failure(Errc::unsupported,
                           "the tools were not installed by the Windows Installer");
        CommandStep command{.argv = {"msiexec", "/x", program.key, "/qn", "REBOOT=ReallySuppress"}};
        command.timeout = std::chrono::seconds(900);
        command.reversible = false;
        set.changes.emplace_back(std::move(command));
    }
    if (set.empty())
        return failure(Errc::unsupported, "no uninstaller of VMware Tools is registered");
    return set;
}

}  // namespace

constinit const Fixer fixers::remove_vmware_tools{
    .id = "vmware-tools",
    .title = "Uninstall VMware Tools",
    .platform = Platform::windows_guest,
    .kind = FixKind::irreversible,
    .changes = "Runs the uninstaller of VMware Tools (msiexec /x, without a restart).",
    .leaves =
        "Everything, where the system boots from pvscsi or is reached over vmxnet3: their drivers "
        "go with the tools.",
    .plan = plan,
};

}  // namespace guestprep
