// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Disable antivirus and intrusion detection for the import; switch them on again
//              afterwards.
// Why:         They stop the drivers that the import installs, or the network of the first boot.
// Source:      2018 document, General; https://docs.aws.amazon.com/vm-
//              import/latest/userguide/vmimport-troubleshooting.html
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_protection.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"defender", Severity::advice, "Only Microsoft Defender, which comes with Windows"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return unknown(system.services.error());
    std::vector<Evidence> others, defender;
    const WindowsService* unread = nullptr;
    for (const auto& service : *system.services) {
        const auto product = protection_product(service);
        if (product.empty()) continue;
        if (service.start_is_unread && unread == nullptr) unread = &service;
        if (!starts_by_itself(service)) continue;
        auto evidence = start_evidence(service, "disabled (4) until after the import");
        evidence.found = product + ", " + evidence.found;
        (product == kDefenderProduct ? defender : others).push_back(std::move(evidence));
    }
    if (!others.empty()) {
        auto summary = "a product that guards the system starts: " + others.front().found;
        return fail(std::move(summary), std::move(others));
    }
    if (unread != nullptr) return unknown(unread_start(*unread));
    if (!defender.empty())
        return fail("Microsoft Defender is on", std::move(defender)).as("defender");
    return pass("no service of a known antivirus or intrusion detection starts");
}

}  // namespace

constinit const Check checks::antivirus_is_off{
    .id = "av-ids-disabled",
    .title = "No antivirus or intrusion detection starts",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "Disable antivirus and intrusion detection for the import; switch them on again "
        "afterwards.",
    .why = "They stop the drivers that the import installs, or the network of the first boot.",
    .source =
        "2018 document, General; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "Services: the load order group FSFilter Anti-Virus, filter altitudes 320000 to 329999, "
        "and the names of known products.",
    .remedy =
        "Switch the product off with its own console (tamper protection stops anything else), and "
        "on again after the import.",
    .evaluate = evaluate,
};

}  // namespace guestprep
