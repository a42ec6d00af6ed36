// SPDX-License-Identifier: Apache-2.0
//
// Requirement: network interfaces have kernel names: eth0.
// Why:         names by place (ens192, enp0s3) change with the hardware, and AWS does not support
// them. Source:      present guide, prerequisites, Linux: predictable network interface names.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"eth_now", Severity::warning, "named eth0 here, but by place on other hardware"},
    {"name_bound", Severity::blocker, "the configuration is for another name than EC2's"},
};

bool is_eth(std::string_view name) {
    return name.starts_with("eth") && to_number(name.substr(3)).has_value();
}

/// The one configuration of the first interface asks for a name that EC2's will not have.
Finding bound_to_name(const NetworkFacts& facts, const InterfaceConfig& primary) {
    return fail(primary.id + " is configured, the interface will be called " +
                    ec2_names(facts).front(),
                {evidence_of(primary.name_line, "a configuration for " + ec2_names(facts).front()),
                 evidence_of(facts.naming->because)})
        .as("name_bound");
}

Finding classic(const NetworkFacts& facts) {
    const auto* primary = primary_config(facts);
    const auto answer = next_boot_on_ec2(facts);
    const auto fits = [&](const std::string& glob) {
        return matches_glob(glob, ec2_names(facts).front());
    };
    const bool other_name =
        primary != nullptr && !primary->names.empty() && std::ranges::none_of(primary->names, fits);
    if (answer.outcome == NicOutcome::nobody && other_name) return bound_to_name(facts, *primary);
    return pass("interfaces are called " + ec2_names(facts).front())
        .with({evidence_of(facts.naming->because)});
}

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    if (!facts.naming) return unknown(facts.naming.error());
    const auto& naming = *facts.naming;
    if (naming.policy == NamingPolicy::classic) return classic(facts);
    std::vector<Evidence> found{
        evidence_of(naming.because, "net.ifnames=0 on the kernel's command line")};
    std::string now;
    if (facts.nics)
        for (const auto& nic : *facts.nics) now += (now.empty() ? "" : ", ") + nic.name;
    const bool all_eth =
        facts.nics && !facts.nics->empty() && std::ranges::all_of(*facts.nics, is_eth, &Nic::name);
    if (all_eth)
        return fail(now + " is a kernel name only for want of a place; on Nitro it will be ens5",
                    std::move(found))
            .as("eth_now");
    return fail(now.empty() ? "interfaces are named by their place"
                            : "interfaces are named by their place: " + now,
                std::move(found));
}

}  // namespace

constinit const Check checks::interfaces_have_classic_names{
    .id = "linux-predictable-ifnames",
    .title = "Network interfaces have kernel names (eth0)",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "Systems that use predictable network interface names are not supported.",
    .why =
        "The name depends on the slot of the virtual hardware: what is configured for ens192 "
        "does not apply to the interface that EC2 brings.",
    .source = "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "net.ifnames=0 in the boot loader's entries, udev's rules and .link files, the names "
        "of the interfaces now, and the names that their configuration asks for.",
    .remedy =
        "Add net.ifnames=0 (and biosdevname=0) to the kernel's command line, configure eth0 "
        "for DHCP, and correct other files that name the old interface, all at once.",
    .evaluate = evaluate,
};

}  // namespace guestprep
