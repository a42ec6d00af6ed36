// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Windows Server with the Hyper-V role cannot be imported.
// Why:         Its hypervisor starts before Windows, and finds no virtualization in the instance.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-
//              importing.html
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"client", Severity::warning, "A client system, or only the hypervisor is started"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    if (!windows.system.services) return unknown(windows.system.services.error());
    const auto release = release_of(windows.system);
    const auto* service = service_called(windows.system, "vmms");
    if (service != nullptr && is_enabled(*service)) {
        auto finding = fail("Hyper-V is installed", {start_evidence(*service, "no such service")});
        if (release && !release->is_server) return std::move(finding).as("client");
        return finding;
    }
    if (const auto* loader = windows.boot.store ? windows.boot.store->default_entry() : nullptr;
        loader != nullptr && loader->hypervisor_launch.value_or(0) != 0)
        return fail("a hypervisor is started before Windows",
                    {{loader->where,
                      "hypervisorlaunchtype = " + std::to_string(*loader->hypervisor_launch),
                      "0 (off)"}})
            .as("client");
    if (service != nullptr && service->start_is_unread) return unknown(unread_start(*service));
    // Nothing older has a hypervisor to start.
    if (!windows.boot.store && !(release && !release->at_least(6, 0)))
        return unknown("whether a hypervisor is started before Windows cannot be told: " +
                       windows.boot.store.error().message)
            .as("client");
    return pass("Hyper-V is not installed");
}

}  // namespace

constinit const Check checks::has_no_hyperv_role{
    .id = "win-hyperv-role",
    .title = "The Hyper-V role is not installed",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "Windows Server with the Hyper-V role cannot be imported.",
    .why = "Its hypervisor starts before Windows, and finds no virtualization in the instance.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "The service vmms; hypervisorlaunchtype of the default loader in the boot configuration "
        "store.",
    .import_error =
        "FirstBootFailure: This import request failed because the Windows instance failed to boot "
        "and establish network connectivity.",
    .remedy = "Remove the role and restart.",
    .evaluate = evaluate,
};

}  // namespace guestprep
