// SPDX-License-Identifier: Apache-2.0
//
// Requirement: what cloud-init wrote for the old network does not stay in force.
// Why:         kept from the network, it leaves the file that it wrote for the old interface.
// Source:      cloud-init documentation, network configuration.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// Files of cloud-init that hold only for the old interface's name or address.
std::vector<Evidence> stale(const NetworkFacts& facts) {
    std::vector<Evidence> out;
    const auto names = ec2_names(facts);
    for (const auto& config : facts.interfaces) {
        if (!config.by_cloud_init || !config.starts_at_boot || config.kind != NicKind::ethernet)
            continue;
        const bool fits =
            config.names.empty() || std::ranges::any_of(config.names, [&](const std::string& glob) {
                return std::ranges::any_of(
                    names, [&](const std::string& name) { return matches_glob(glob, name); });
            });
        if (!config.macs.empty())
            out.push_back(evidence_of(config.mac_line, "written anew on EC2"));
        else if (!fits)
            out.push_back(evidence_of(config.name_line, "written anew on EC2"));
        else if (config.method == NetMethod::fixed)
            out.push_back(evidence_of(config.method_line, "written anew on EC2"));
    }
    return out;
}

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    const auto& cloud = facts.cloud_init;
    auto left = stale(facts);
    if (cloud.is_absent() && left.empty()) return not_applicable("cloud-init is not installed");
    if (!cloud && !cloud.is_absent()) return unknown(cloud.error());
    if (cloud && cloud->rewrites_network())
        return pass("cloud-init writes the network configuration for each new instance");
    if (!left.empty())
        return fail("cloud-init's file for the old interface stays in force", std::move(left));
    const auto answer = next_boot_on_ec2(facts);
    if (answer.outcome == NicOutcome::dhcp) return pass(answer.reason);
    if (!cloud || !cloud->network_disabled.is_set())
        return pass("cloud-init has written no network configuration");
    if (answer.outcome == NicOutcome::unknown) return unknown(answer.reason);
    return fail("cloud-init may not configure the network, and nothing else does it by DHCP",
                {evidence_of(cloud->network_disabled, "not disabled, or DHCP configured")});
}

}  // namespace

constinit const Check checks::cloud_init_sets_network{
    .id = "linux-cloudinit-network",
    .title = "cloud-init leaves no network configuration of the old system in force",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "The network configuration must fit the instance, whoever wrote it.",
    .why =
        "Installers switch cloud-init's part off after the first boot; its file for the old "
        "interface, or a static one, then stays.",
    .source = "https://cloudinit.readthedocs.io/en/latest/reference/network-config.html",
    .looks_at =
        "network: {config: disabled} in /etc/cloud/cloud.cfg.d, 50-cloud-init.* in netplan, "
        "interfaces.d and others.",
    .remedy =
        "Delete the file that switches cloud-init's network part off, or replace the file that "
        "it wrote by a configuration with DHCP.",
    .evaluate = evaluate,
};

}  // namespace guestprep
