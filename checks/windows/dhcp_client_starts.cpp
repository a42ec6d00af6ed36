// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The DHCP client service must be functional and not disabled administratively.
// Why:         The instance gets its address by DHCP alone.
// Source:      2018 document, General; https://docs.aws.amazon.com/vm-
//              import/latest/userguide/vmimport-troubleshooting.html
#include <span>

#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"win-tcpip-dhcp"};
constexpr Variant kVariants[] = {
    {"on-demand", Severity::warning, "The DHCP client starts only when it is asked for"},
};

/// What the DHCP client needs; not every Windows has all of them. NetBT, the last, may be switched
/// off on purpose since Vista, and DHCP does without it.
constexpr std::string_view kNeeded[] = {"Tcpip", "AFD", "nsiproxy", "nsi", "NetBT"};

std::span<const std::string_view> needed_on(const WindowsSystemFacts& system) {
    const std::span<const std::string_view> all = kNeeded;
    return service_called(system, "nsi") != nullptr ? all.first(all.size() - 1) : all;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& system = facts.of_windows().system;
    if (!system.services) return unknown(system.services.error());
    std::vector<Evidence> disabled;
    const auto* dhcp = service_called(system, "Dhcp");
    if (dhcp != nullptr && dhcp->start && !is_enabled(*dhcp))
        disabled.push_back(start_evidence(*dhcp, "automatic (2)"));
    for (const auto* service : disabled_among(system, needed_on(system)))
        disabled.push_back(start_evidence(*service, "not disabled"));
    if (!disabled.empty()) {
        auto summary = "no address would be fetched: " + disabled.front().where + " is disabled";
        return fail(std::move(summary), std::move(disabled));
    }
    if (dhcp == nullptr || !dhcp->start)
        return unknown("the service Dhcp, or its Start, is not in the registry");
    if (const auto* service = unread_among(system, needed_on(system)))
        return unknown(unread_start(*service));
    if (!starts_by_itself(*dhcp))
        return fail("the DHCP client starts only on demand",
                    {start_evidence(*dhcp, "automatic (2)")})
            .as("on-demand");
    return pass("the DHCP client starts by itself");
}

}  // namespace

constinit const Check checks::dhcp_client_starts{
    .id = "dhcp-client-windows",
    .covers = kCovers,
    .title = "The DHCP client starts",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "The DHCP client service must be functional and not disabled administratively.",
    .why = "The instance gets its address by DHCP alone.",
    .source =
        "2018 document, General; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "The Start values of Dhcp and of what it depends on: Tcpip, AFD, NSI (Vista and later), "
        "NetBT (2003).",
    .import_error =
        "FirstBootFailure: This import request failed because the Windows instance failed to boot "
        "and establish network connectivity.",
    .remedy =
        "Set the start type of the named services back: Dhcp to automatic, drivers to system (1).",
    .evaluate = evaluate,
};

}  // namespace guestprep
