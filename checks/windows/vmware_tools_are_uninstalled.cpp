// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Uninstall the VMware Tools.
// Why:         Their drivers and services start without the hypervisor they are made for, and
//              some wait for it.
// Source:      2018 document, General.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    std::vector<Evidence> seen;
    if (windows.software.programs)
        for (const auto& program : *windows.software.programs)
            if (equal_ignoring_case(trimmed(program.name), "VMware Tools"))
                seen.push_back({below(below(keys::kWindows, "Uninstall"), program.key),
                                "VMware Tools " + shown(program.version), "not installed"});
    for (const auto* name : {"VMTools", "VGAuthService", "vmvss"})
        if (const auto* service = service_called(windows.system, name);
            service != nullptr && is_enabled(*service) && !service->image_path.empty())
            seen.push_back(start_evidence(*service, "no such service"));
    if (!seen.empty()) return fail("VMware Tools are installed", std::move(seen));
    if (!windows.system.services) return unknown(windows.system.services.error());
    if (!windows.software.programs) return unknown(windows.software.programs.error());
    return pass("VMware Tools are not installed");
}

}  // namespace

constinit const Check checks::vmware_tools_are_uninstalled{
    .id = "vmware-tools",
    .title = "VMware Tools are not installed",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Uninstall the VMware Tools.",
    .why =
        "Their drivers and services start without the hypervisor they are made for, and some wait "
        "for it.",
    .source = "2018 document, General.",
    .looks_at = "DisplayName in both Uninstall keys; the services VMTools and VGAuthService.",
    .remedy =
        "Uninstall VMware Tools as the last step, when nobody needs the console of the hypervisor "
        "any more; not while the disk is on pvscsi.",
    .evaluate = evaluate,
};

}  // namespace guestprep
