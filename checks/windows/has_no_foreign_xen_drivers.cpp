// SPDX-License-Identifier: Apache-2.0
//
// Requirement: AWS installs its own paravirtual drivers.
// Why:         Drivers of XenServer or of Red Hat under the same names stand in their way.
// Source:      EC2 User Guide for Windows, Paravirtual drivers.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kForeign[] = {"xenbus",        "xeniface",  "xennet",    "xennet6",
                                         "xenvbd",        "xenvif",    "xenevtchn", "xensvc",
                                         "XenGuestAgent", "LiteAgent", "rhelnet",   "rhelscsi"};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    if (!windows.system.services) return unknown(windows.system.services.error());
    const bool is_aws =
        windows.software.programs &&
        std::ranges::any_of(*windows.software.programs, [](const InstalledProgram& program) {
            return program.name.starts_with("AWS PV Driver");
        });
    if (is_aws) return pass("the drivers are those of AWS");
    std::vector<Evidence> seen;
    for (const auto name : kForeign)
        if (const auto* service = service_called(windows.system, name);
            service != nullptr && is_enabled(*service))
            seen.push_back(start_evidence(*service, "no such service"));
    if (!seen.empty()) return fail("Xen drivers of another vendor are installed", std::move(seen));
    if (const auto* service = unread_among(windows.system, kForeign))
        return unknown(unread_start(*service));
    return pass("no Xen drivers are installed");
}

}  // namespace

constinit const Check checks::has_no_foreign_xen_drivers{
    .id = "win-xen-driver-conflict",
    .title = "No Xen drivers of another vendor are installed",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "AWS installs its own paravirtual drivers.",
    .why = "Drivers of XenServer or of Red Hat under the same names stand in their way.",
    .source = "EC2 User Guide for Windows, Paravirtual drivers.",
    .looks_at =
        "Services xenbus, xeniface, xennet, xenvbd, xenvif, xensvc, rhelnet and others, and "
        "whether AWS's own package is installed.",
    .remedy = "Uninstall the XenServer or XCP tools, and restart.",
    .evaluate = evaluate,
};

}  // namespace guestprep
