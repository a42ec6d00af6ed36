// SPDX-License-Identifier: Apache-2.0
//
// Requirement: AWS edits the registry so that Windows boots; the drivers for the emulated IDE
//              disk must not be disabled.
// Why:         Windows then stops with 0x7B, inaccessible boot device.
// Source:      2018 document, Programmatic modifications; EC2 on Xen starts Windows from an
//              emulated IDE disk.
#include <algorithm>
#include <span>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_boot_drivers.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"disk-stack", Severity::blocker, "A driver of the disk stack itself is disabled"},
};
constexpr std::string_view kIdeEntries[] = {"primary_ide_channel", "secondary_ide_channel",
                                            "pci#cc_0101"};

std::vector<Evidence> evidence_of(const std::vector<const WindowsService*>& services) {
    std::vector<Evidence> evidence;
    for (const auto* service : services) evidence.push_back(start_evidence(*service, "boot (0)"));
    return evidence;
}

/// Windows 2003 finds a new disk controller at boot by this table alone.
std::vector<Evidence> missing_entries(const WindowsFacts& windows) {
    std::vector<Evidence> missing;
    for (const auto name : kIdeEntries)
        if (std::ranges::none_of(*windows.boot.ide_entries, [&](const std::string& entry) {
                return equal_ignoring_case(entry, name);
            }))
            missing.push_back({below(below(keys::kControl, "CriticalDeviceDatabase"), name),
                               "no such key", "Service = atapi or pciide"});
    return missing;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto& system = windows.system;
    if (!system.services) return unknown(system.services.error());
    if (auto stack = evidence_of(disabled_disk_stack(system)); !stack.empty())
        return fail("a driver of the disk stack is disabled", std::move(stack)).as("disk-stack");
    auto problems = evidence_of(disabled_disk_controllers(system));
    const auto release = release_of(system);
    if (release && !release->at_least(6, 0) && windows.boot.ide_entries) {
        auto missing = missing_entries(windows);
        problems.insert(problems.end(), missing.begin(), missing.end());
    }
    if (!problems.empty()) {
        auto summary = "the drivers for an IDE disk would not start: " + problems.front().where;
        return fail(std::move(summary), std::move(problems));
    }
    if (service_called(system, "disk") == nullptr)
        return unknown("the service disk is not in the registry");
    if (const auto* service = unread_boot_driver(system)) return unknown(unread_start(*service));
    if (release && !release->at_least(6, 0) && !windows.boot.ide_entries)
        return unknown(windows.boot.ide_entries.error());
    return pass("the drivers that the first boot needs are enabled");
}

}  // namespace

constinit const Check checks::boot_drivers_are_enabled{
    .id = "win-registry-boot",
    .title = "The drivers that the first boot needs are enabled",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "AWS edits the registry so that Windows boots; the drivers for the emulated IDE disk must "
        "not be disabled.",
    .why = "Windows then stops with 0x7B, inaccessible boot device.",
    .source =
        "2018 document, Programmatic modifications; EC2 on Xen starts Windows from an emulated IDE "
        "disk.",
    .looks_at =
        "The Start values of disk, partmgr, volmgr, mountmgr, atapi, intelide, pciide, msahci and "
        "storahci; 2003: CriticalDeviceDatabase.",
    .import_effect = "AWS edits these values during import-image.",
    .remedy = "Set the Start value of the named drivers to 0.",
    .evaluate = evaluate,
};

}  // namespace guestprep
