// SPDX-License-Identifier: Apache-2.0
//
// Requirement: antivirus and intrusion detection are off during the import.
// Why:         they hold files that the import edits, and take its edits for an attack.
// Source:      2018 document, General preparation; present guide, prepare-vm-image.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& protection = facts.software.protection;
    if (!protection) return unknown(protection.error());
    std::vector<Evidence> active;
    std::string idle;
    for (const auto& found : *protection) {
        if (found.service.starts())
            active.push_back({found.evidence,
                              found.product + ": " + found.service.name + " starts at boot",
                              "disabled until after the import"});
        else if (found.scheduled)
            active.push_back({found.evidence, found.product + " is run by cron",
                              "not run until after the import"});
        else if (found.loaded)
            active.push_back({found.evidence, "a module of " + found.product + " is loaded",
                              "not loaded at the next boot"});
        else
            idle += (idle.empty() ? "" : ", ") + found.product;
    }
    if (!active.empty()) {
        auto summary = active.front().found;
        return fail(std::move(summary), std::move(active));
    }
    if (!idle.empty()) return pass(idle + ": installed, and not started at boot");
    return pass("no antivirus or intrusion detection that is known here");
}

}  // namespace

constinit const Check checks::protection_is_off{
    .id = "av-ids-disabled-linux",
    .title = "Antivirus and intrusion detection do not start at boot",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement =
        "Antivirus and intrusion detection must be disabled on the guest to be imported.",
    .why =
        "Such programs block the drivers and files that the import adds, or stop the boot on "
        "machines they do not know.",
    .source =
        "2018 document, General preparation; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html",
    .looks_at = "The services, timers, cron entries and loaded modules of two dozen products.",
    .remedy =
        "Disable the service for the import (systemctl disable NAME, chkconfig NAME off), "
        "note it down, and enable it again on EC2.",
    .evaluate = evaluate,
};

}  // namespace guestprep
