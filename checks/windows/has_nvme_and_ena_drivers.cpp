// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Instances on Nitro have NVMe disks and ENA adapters.
// Why:         Without these drivers such an instance does not start, or has no network.
// Source:      EC2 User Guide for Windows, AWS NVMe drivers, Enhanced networking.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"nvme", Severity::advice, "No driver for NVMe disks"},
};

bool has(const WindowsSystemFacts& system, std::string_view name) {
    const auto* service = service_called(system, name);
    return service != nullptr && is_enabled(*service);
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return unknown(system.services.error());
    if (!has(system, "AWSNVMe") && !has(system, "stornvme"))
        return fail("there is no driver for NVMe disks",
                    {{below(keys::kServices, "AWSNVMe"), "no such service, nor stornvme",
                      "one of them, enabled"}})
            .as("nvme");
    if (!has(system, "ena"))
        return fail("there is no driver for the ENA adapter",
                    {{below(keys::kServices, "ena"), "no such service", "enabled"}});
    return pass("NVMe and ENA drivers are installed");
}

}  // namespace

constinit const Check checks::has_nvme_and_ena_drivers{
    .id = "win-nvme-ena-drivers",
    .title = "The drivers of Nitro instances are installed",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .variants = kVariants,
    .requirement = "Instances on Nitro have NVMe disks and ENA adapters.",
    .why = "Without these drivers such an instance does not start, or has no network.",
    .source = "EC2 User Guide for Windows, AWS NVMe drivers, Enhanced networking.",
    .looks_at = "Services AWSNVMe, stornvme (Windows 8.1 and 2012 R2 and later) and ena.",
    .import_effect = "AWS installs its drivers during import-image where it can.",
    .remedy =
        "Install the AWS NVMe and ENA packages before the export, or start on a Xen instance first "
        "and install them there.",
    .evaluate = evaluate,
};

}  // namespace guestprep
