// SPDX-License-Identifier: Apache-2.0
//
// Requirement: After the import there is one adapter with one private IPv4 address.
// Why:         What listens on a second adapter or address is gone.
// Source:      AWS MGN readiness checks; 2018 document, Limitations (several network interfaces).
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"teamed", Severity::blocker, "The address belongs to a team of adapters, which will be gone"},
};

/// The adapter that Windows makes of a team (LBFO, since Server 2012).
bool is_team(const WindowsInterface& one) {
    constexpr std::string_view kTeam = R"(COMPOSITEBUS\MS_IMPLAT_MP\)";
    return equal_ignoring_case(one.device.substr(0, kTeam.size()), kTeam);
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& network = facts.of_windows().network;
    if (!network.interfaces) return unknown(network.interfaces.error());
    std::vector<Evidence> seen, teamed;
    std::size_t addresses = 0;
    for (const auto& one : *network.interfaces) {
        const bool is_leased = one.uses_dhcp == 1U && !one.leased_address.empty();
        const auto count = is_leased ? 1 : one.is_static() ? one.addresses.size() : 0;
        if (count == 0 || one.device.empty()) continue;
        addresses += count;
        seen.push_back({below(keys::kInterfaces, one.id),
                        shown(one.connection) + ": " +
                            (is_leased ? one.leased_address : join(one.addresses, ", ")),
                        ""});
        if (is_team(one)) {
            seen.back().found += ", on " + shown(one.device);
            seen.back().expected = "an adapter of its own";
            teamed.push_back(seen.back());
        }
    }
    if (!teamed.empty()) {
        auto summary = "the network is reached through a team of adapters: " + teamed.front().found;
        return fail(std::move(summary), std::move(teamed)).as("teamed");
    }
    if (addresses > 1)
        return fail("there are " + std::to_string(addresses) + " addresses", std::move(seen));
    if (addresses == 0) return unknown("no adapter with an address is configured");
    return pass("there is one address").with(std::move(seen));
}

}  // namespace

constinit const Check checks::has_one_address{
    .id = "win-multi-ip",
    .title = "The guest has one network adapter with one address",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "After the import there is one adapter with one private IPv4 address.",
    .why = "What listens on a second adapter or address is gone.",
    .source = "AWS MGN readiness checks; 2018 document, Limitations (several network interfaces).",
    .looks_at =
        "Interfaces below Tcpip\\Parameters\\Interfaces that belong to a device and have an "
        "address.",
    .remedy =
        "Plan for further adapters after the import, or move the services to the first address; "
        "dissolve a team of adapters before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
