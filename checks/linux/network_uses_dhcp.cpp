// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the first network interface gets its IPv4 address by DHCP.
// Why:         the old fixed address belongs to no EC2 subnet: the instance would be unreachable.
// Source:      2018 document, VM Import/Export Requirements (static addresses); present guide,
// Linux.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"linux-static-ip-scripts"};
constexpr Variant kVariants[] = {
    {"secondary", Severity::advice, "only an interface that EC2 does not have is static"},
    {"unconfigured", Severity::warning, "nothing gives the interface an address"},
};

std::string addresses_of(const InterfaceConfig& config) {
    return config.addresses.empty() ? config.method_line.text : join(config.addresses, ", ");
}

Evidence fixed(const InterfaceConfig& config) {
    const auto& line = config.method_line.is_set() ? config.method_line : config.here;
    return evidence_of(line, "an address by DHCP");
}

/// The interface behind a bond or bridge has the address of that.
Finding static_address(const NetworkFacts& facts, const InterfaceConfig& config) {
    const auto& from = address_config(facts, config);
    return fail(from.id + " has the fixed address " + addresses_of(from), {fixed(from)});
}

std::vector<Evidence> others_with_static(const NetworkFacts& facts) {
    std::vector<Evidence> out;
    for (const auto* config : started_configs(facts))
        if (config->method == NetMethod::fixed && config->master.empty() &&
            config->kind == NicKind::ethernet)
            out.push_back(fixed(*config));
    return out;
}

Finding without_primary(const NetworkFacts& facts) {
    const auto answer = next_boot_on_ec2(facts);
    const auto line =
        answer.line.is_set() ? std::vector{evidence_of(answer.line)} : std::vector<Evidence>{};
    if (answer.outcome == NicOutcome::fixed) return static_address(facts, *answer.config);
    if (answer.outcome == NicOutcome::dhcp) return pass(answer.reason).with(line);
    if (answer.outcome == NicOutcome::unknown) return unknown(answer.reason).with(line);
    return fail(answer.reason, line).as("unconfigured");
}

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    const auto* primary = primary_config(facts);
    if (primary == nullptr) return without_primary(facts);
    const auto& from = address_config(facts, *primary);
    if (from.method == NetMethod::fixed) return static_address(facts, *primary);
    const auto answer = next_boot_on_ec2(facts);
    if (answer.outcome == NicOutcome::fixed) return static_address(facts, *answer.config);
    if (from.method != NetMethod::dhcp) return without_primary(facts);
    // That the name or hardware address would not fit on EC2 is another requirement.
    const auto& doubt = primary->doubt.empty() ? from.doubt : primary->doubt;
    if (!doubt.empty()) return unknown(primary->id + ": " + doubt).with({fixed(from)});
    if (!facts.unread.empty())
        return unknown("not everything could be read: " + facts.unread[0].text)
            .with({evidence_of(facts.unread[0])});
    if (auto found = others_with_static(facts); !found.empty())
        return fail(from.id + " uses DHCP, another interface has a fixed address", std::move(found))
            .as("secondary");
    return pass(from.id + " gets its address by DHCP").with({evidence_of(from.method_line)});
}

}  // namespace

constinit const Check checks::network_uses_dhcp{
    .id = "net-static-to-dhcp-linux",
    .covers = kCovers,
    .title = "The network interface gets its address by DHCP",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .variants = kVariants,
    .requirement =
        "Interfaces must be configured by DHCP; fixed addresses do not survive the move.",
    .why = "A fixed address of the old network leaves the instance running and unreachable.",
    .source =
        "2018 document, Programming Modification for VM Import; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "Every configuration that the network service of the next boot reads: interfaces, "
        "ifcfg files, netplan, NetworkManager profiles, systemd-networkd.",
    .import_effect =
        "import-image rewrites static configurations to DHCP; import-snapshot changes "
        "nothing.",
    .remedy =
        "Configure the first interface for DHCP at the next boot and note its old address, "
        "gateway and name servers.",
    .evaluate = evaluate,
};

}  // namespace guestprep
