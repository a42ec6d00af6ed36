// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the guest does not depend on IPv6 addresses.
// Why:         the instance starts with a private IPv4 address only; IPv6 can be added afterwards.
// Source:      2018 document, Limitations; present guide, limitations.
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"only", Severity::warning, "the first interface has no IPv4 address at all"},
};

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    if (!facts.is_collected()) return unknown(facts.nics.error());
    std::vector<Evidence> found;
    bool only = false;
    const auto* primary = primary_config(facts);
    for (const auto* config : started_configs(facts)) {
        if (config->ipv6_addresses.empty() || config->kind == NicKind::loopback) continue;
        found.push_back({config->ipv6_line.at, config->ipv6_addresses[0], "none: assigned by EC2"});
        only |= config == primary && config->method == NetMethod::none && config->master.empty();
    }
    if (!found.empty()) {
        const auto first = found[0].found;
        return fail("fixed IPv6 address " + first, std::move(found)).as(only ? "only" : "");
    }
    if (!facts.unread.empty())
        return unknown("not everything could be read: " + facts.unread[0].text)
            .with({evidence_of(facts.unread[0])});
    return pass("no fixed IPv6 address is configured");
}

}  // namespace

constinit const Check checks::configures_no_ipv6{
    .id = "net-ipv6",
    .title = "No fixed IPv6 address is configured",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .variants = kVariants,
    .requirement = "An imported system gets an IPv4 address; IPv6 may be added after the import.",
    .why = "Services that are reached by a fixed IPv6 address only are not reached any more.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at = "IPv6 addresses in the configuration of the interfaces that start at boot.",
    .import_effect = "Only a private IPv4 address is assigned.",
    .remedy =
        "Make the services reachable by IPv4; assign an IPv6 address to the instance's network "
        "interface after the import.",
    .evaluate = evaluate,
};

}  // namespace guestprep
