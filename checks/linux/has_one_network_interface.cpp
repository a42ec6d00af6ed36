// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the guest has one network interface, and its address is not behind a bond, team or
// VLAN. Why:         an imported instance gets one interface; what was joined of several has lost
// its other legs. Source:      2018 document, Limitations; present guide, prerequisites.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"linux-single-nic-name"};
constexpr Variant kVariants[] = {
    {"bonded", Severity::blocker, "the address is that of a bond, team or VLAN"},
    {"bridged", Severity::warning, "the address is that of a bridge"},
};
constexpr std::string_view kExpected = "one interface that has its address itself";

/// Masters that start at the next boot and have an interface below them.
std::vector<Evidence> masters(const NetworkFacts& facts, bool bridges) {
    std::vector<Evidence> out;
    const auto started = started_configs(facts);
    for (const auto* config : started) {
        const bool is_bridge = config->kind == NicKind::bridge;
        const bool joins = config->kind == NicKind::bond || config->kind == NicKind::team ||
                           (config->kind == NicKind::vlan && config->method != NetMethod::none);
        if (bridges ? !is_bridge : !joins) continue;
        const bool has_ports =
            !config->ports.empty() || std::ranges::any_of(started, [&](const auto* port) {
                return !port->master.empty() &&
                       (port->master == config->id ||
                        std::ranges::find(config->names, port->master) != config->names.end());
            });
        if (has_ports) out.push_back(evidence_of(config->here, std::string(kExpected)));
    }
    return out;
}

/// The interface that a configuration is for: "eth0" of "eth0:1". Empty for a pattern, which may
/// mean one that another names.
std::string interface_of(const InterfaceConfig& config) {
    if (config.kind != NicKind::ethernet || config.names.size() != 1) return {};
    const auto& name = config.names.front();
    return name.find_first_of("*?[!") == std::string::npos ? name.substr(0, name.find(':')) : "";
}

Finding evaluate_unseen(const NetworkFacts& facts) {
    std::vector<Evidence> found;
    std::vector<std::string> names;
    for (const auto* config : started_configs(facts)) {
        auto name = interface_of(*config);
        if (name.empty() || std::ranges::find(names, name) != names.end()) continue;
        names.push_back(std::move(name));
        found.push_back(evidence_of(config->here, std::string(kExpected)));
    }
    const auto count = std::to_string(found.size());
    if (found.size() > 1)
        return fail(count + " interfaces are configured to start", std::move(found));
    return unknown(facts.nics.error());
}

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    if (auto found = masters(facts, false); !found.empty())
        return fail("the address is behind a bond, team or VLAN", std::move(found)).as("bonded");
    if (auto found = masters(facts, true); !found.empty())
        return fail("the address is that of a bridge", std::move(found)).as("bridged");
    if (!facts.nics) return evaluate_unseen(facts);
    const auto& nics = *facts.nics;
    if (nics.empty()) return unknown("no network interface with hardware behind it is to be seen");
    if (nics.size() == 1) return pass(nics[0].name + " is the only network interface");
    std::vector<Evidence> found;
    for (const auto& nic : nics)
        found.push_back(
            {"/sys/class/net/" + nic.name, nic.driver + ' ' + nic.mac, std::string(kExpected)});
    return fail(std::to_string(nics.size()) + " network interfaces", std::move(found));
}

}  // namespace

constinit const Check checks::has_one_network_interface{
    .id = "net-single-nic",
    .covers = kCovers,
    .title = "One network interface carries the address",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "Systems with several network interfaces are not supported; the instance has one.",
    .why =
        "Addresses of further interfaces are gone, and a bond, team or VLAN over them may never "
        "come up: EC2 passes neither 802.3ad nor VLAN tags.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "/sys/class/net entries with a device behind them, and the interfaces that the "
        "network configuration starts at boot.",
    .import_effect = "The import attaches one network interface, configured by DHCP.",
    .remedy =
        "Move what needs an address to the first interface, give that one its address directly "
        "by DHCP, and remove the bond, team, bridge or VLAN above it.",
    .evaluate = evaluate,
};

}  // namespace guestprep
