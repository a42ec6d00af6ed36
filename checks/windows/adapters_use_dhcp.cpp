// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The instance receives its address by DHCP; static addresses are removed during the
//              import.
// Why:         On the snapshot route nobody removes them.
// Source:      2018 document, General; https://docs.aws.amazon.com/vm-
//              import/latest/userguide/prepare-vm-image.html
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Evidence evidence_of(const WindowsInterface& one) {
    auto name = one.connection.empty() ? one.id : one.connection;
    auto found = shown(std::move(name)) + ": " + join(one.addresses, ", ");
    if (!one.gateways.empty()) found += ", gateway " + join(one.gateways, ", ");
    if (!one.name_servers.empty()) found += ", DNS " + shown(one.name_servers);
    return {below(keys::kInterfaces, one.id), std::move(found), "EnableDHCP = 1"};
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& network = facts.of_windows().network;
    if (!network.interfaces) return unknown(network.interfaces.error());
    std::vector<Evidence> fixed;
    for (const auto& one : *network.interfaces)
        if (one.is_static()) fixed.push_back(evidence_of(one));
    if (network.persistent_routes)
        for (const auto& route : *network.persistent_routes)
            fixed.push_back({below(keys::kTcpip, "PersistentRoutes"), shown(route),
                             "no routes of the old network"});
    if (fixed.empty() && !network.persistent_routes && !network.persistent_routes.is_absent())
        return unknown(network.persistent_routes.error());
    if (fixed.empty())
        for (const auto& one : *network.interfaces)
            if (!one.uses_dhcp && !one.addresses.empty())
                return unknown(
                    "whether " + shown(one.connection.empty() ? one.id : one.connection) +
                    " takes its address by DHCP cannot be told: EnableDHCP is no number");
    if (fixed.empty()) return pass("no adapter has a static address");
    auto summary = "the old network is fixed in the settings: " + fixed.front().found;
    return fail(std::move(summary), std::move(fixed));
}

}  // namespace

constinit const Check checks::adapters_use_dhcp{
    .id = "net-static-to-dhcp-windows",
    .title = "The network adapters get their addresses by DHCP",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement =
        "The instance receives its address by DHCP; static addresses are removed during the "
        "import.",
    .why = "On the snapshot route nobody removes them.",
    .source =
        "2018 document, General; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html",
    .looks_at =
        "EnableDHCP and IPAddress below Tcpip\\Parameters\\Interfaces; pseudo adapters without an "
        "address are none.",
    .import_effect = "AWS removes static addresses during import-image.",
    .remedy =
        "Set the adapter to DHCP before the last shutdown; keep the old address, routes and name "
        "servers from this report.",
    .evaluate = evaluate,
};

}  // namespace guestprep
