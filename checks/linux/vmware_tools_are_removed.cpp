// SPDX-License-Identifier: Apache-2.0
//
// Requirement: VMware Tools are uninstalled before the import.
// Why:         its drivers and scripts serve a hypervisor that is not there any more.
// Source:      2018 document, General preparation; present guide, prepare-vm-image.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"distribution", Severity::advice, "open-vm-tools of the distribution, which does no harm"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& tools = facts.software.vmware_tools;
    if (!tools) return unknown(tools.error());
    std::vector<Evidence> vendor;
    std::vector<Evidence> distribution;
    if (!tools->tarball.empty())
        vendor.push_back({tools->tarball, "VMware Tools of the hypervisor's CD", "uninstalled"});
    for (const auto& name : tools->packages) {
        const bool open = name.starts_with("open-");
        (open ? distribution : vendor).push_back({"package " + name, "installed", "removed"});
    }
    // Drivers alone may be left over; with the tools they are their drivers.
    for (const auto& module : tools->modules)
        vendor.push_back({module, "driver from outside the kernel's tree", "uninstalled"});
    if (!vendor.empty())
        return fail("VMware Tools are installed", std::move(vendor))
            .advising(
                "Uninstall them as the last step before the export: run "
                "vmware-uninstall-tools.pl, or remove the packages. Leave the kernel's own "
                "vmw_pvscsi alone while the guest runs on it.");
    if (distribution.empty() && !tools->program.empty())
        distribution.push_back({tools->program, "exists", "removed"});
    if (!distribution.empty())
        return fail("open-vm-tools are installed", std::move(distribution)).as("distribution");
    return pass("no VMware Tools");
}

}  // namespace

constinit const Check checks::vmware_tools_are_removed{
    .id = "vmware-tools-linux",
    .title = "VMware Tools are not installed",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "VMware Tools must be uninstalled from the guest.",
    .why =
        "The vendor's drivers and network scripts are made for VMware's devices. open-vm-tools "
        "sees that it is not on VMware, and stays quiet.",
    .source =
        "2018 document, General preparation; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html",
    .looks_at =
        "vmware-uninstall-tools.pl, /etc/vmware-tools, vmtoolsd, packages, and drivers "
        "below /lib/modules/*/misc. Not the loaded modules: vmw_pvscsi and vmwgfx are the "
        "kernel's own.",
    .remedy = "Remove open-vm-tools with the package manager, as the last step before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
