// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the configuration of the network asks for no hardware address.
// Why:         EC2's interface has a new one: a configuration bound to the old is not applied.
// Source:      EC2 user guide, network interfaces; initscripts, "different MAC address than
// expected".
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"spare", Severity::warning, "bound, but another configuration takes the interface"},
};
constexpr std::string_view kExpected = "no hardware address";

std::vector<Evidence> bindings(const NetworkFacts& facts) {
    std::vector<Evidence> out;
    for (const auto* config : started_configs(facts)) {
        if (config->kind == NicKind::ethernet && !config->macs.empty())
            out.push_back(evidence_of(config->mac_line, std::string(kExpected)));
        if (!config->sets_mac.empty())
            out.push_back(evidence_of(config->sets_mac_line, std::string(kExpected)));
    }
    for (const auto& rule : facts.name_rules)
        if (rule.is_link) out.push_back(evidence_of(rule.line, std::string(kExpected)));
    return out;
}

/// Where it is not known which network service starts, any binding may be the one that counts.
std::vector<Evidence> perhaps_bound(const Facts& all) {
    const auto& facts = all.network;
    const auto starts_for_sure = [](const NetManager& manager) { return manager.state.starts(); };
    const auto is_open = [](const NetManager& manager) {
        return manager.state.state == Enablement::unknown;
    };
    const bool open = std::ranges::none_of(facts.managers, starts_for_sure) &&
                      (facts.managers.empty() || std::ranges::any_of(facts.managers, is_open));
    std::vector<Evidence> out;
    if (!open) return out;
    for (const auto& config : facts.interfaces)
        if (config.kind == NicKind::ethernet && !config.macs.empty())
            out.push_back(evidence_of(config.mac_line, std::string(kExpected)));
        else if (!config.sets_mac.empty())
            out.push_back(evidence_of(config.sets_mac_line, std::string(kExpected)));
    return out;
}

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    if (!facts.is_collected()) return unknown(facts.nics.error());
    auto found = bindings(facts);
    const auto* primary = primary_config(facts);
    const auto answer = next_boot_on_ec2(facts);
    // EC2 delivers nothing to an address other than the one it gave.
    const auto changed = [&](const InterfaceConfig* config) {
        return config != nullptr &&
               !(config->sets_mac.empty() && address_config(facts, *config).sets_mac.empty());
    };
    if (changed(primary) || changed(answer.config))
        return fail("the interface is given the old hardware address", std::move(found));
    const bool bound = primary != nullptr && !primary->macs.empty();
    if (bound && answer.outcome == NicOutcome::nobody)
        return fail(primary->id + " is configured for its old hardware address only",
                    std::move(found));
    if (bound && answer.outcome == NicOutcome::unknown)
        return unknown(answer.reason).with(std::move(found));
    if (found.empty())
        if (auto perhaps = perhaps_bound(all); !perhaps.empty())
            return unknown(
                       "a hardware address is asked for, and it is not known which network "
                       "service starts")
                .with(std::move(perhaps));
    if (!found.empty())
        return fail("a configuration that the interface does not need asks for a hardware address",
                    std::move(found))
            .as("spare");
    if (!facts.unread.empty())
        return unknown("not everything could be read: " + facts.unread[0].text)
            .with({evidence_of(facts.unread[0])});
    return pass("no configuration asks for a hardware address");
}

}  // namespace

constinit const Check checks::network_ignores_hardware_addresses{
    .id = "linux-hwaddr-binding",
    .title = "The network configuration asks for no hardware address",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "What configures the interface must apply to any hardware address.",
    .why =
        "The instance's interface has a new address. The network script ends with \"Device eth0 "
        "has different MAC address than expected\", others skip it in silence; an interface that "
        "is given the old address gets no packets.",
    .source = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-eni.html",
    .looks_at =
        "HWADDR and MACADDR in ifcfg files, LLADDR and ifcfg-eth-id-* of SUSE, hwaddress, "
        "netplan's match: macaddress, mac-address of NetworkManager, MACAddress of .network "
        "and .link files.",
    .remedy =
        "Remove the hardware address from the file named here, so that the configuration holds "
        "for the interface's name alone.",
    .evaluate = evaluate,
};

}  // namespace guestprep
