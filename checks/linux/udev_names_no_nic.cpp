// SPDX-License-Identifier: Apache-2.0
//
// Requirement: no udev rule names an interface after its hardware address.
// Why:         the new interface becomes eth1, for which nothing is configured.
// Source:      EC2 user guide, enhanced networking: remove persistent-net rules.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    if (!facts.is_collected()) return unknown(facts.nics.error());
    std::vector<Evidence> found;
    for (const auto& rule : facts.name_rules)
        if (!rule.is_link) found.push_back(evidence_of(rule.line, "no rule"));
    if (!found.empty()) {
        const auto& rule = *std::ranges::find(facts.name_rules, false, &NicNameRule::is_link);
        return fail("the name " + rule.name + " is kept for " + rule.mac, std::move(found));
    }
    for (const auto& line : facts.unread)
        if (contains(line.at, "udev")) return unknown(line.text).with({evidence_of(line)});
    return pass("no udev rule gives a hardware address a name");
}

}  // namespace

constinit const Check checks::udev_names_no_nic{
    .id = "linux-udev-persistent-net",
    .title = "No udev rule ties an interface name to a hardware address",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "Persistent network rules of the old hardware should be removed.",
    .why =
        "The rule keeps eth0 for the old address; the new interface is called eth1 and stays "
        "without an address.",
    .source = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/enhanced-networking-ena.html",
    .looks_at =
        "Rules in /etc/udev/rules.d (and those that name NICs in /lib/udev/rules.d) that "
        "match an address and set NAME.",
    .remedy =
        "Move the file out of /etc/udev/rules.d as the last step before the shutdown: the "
        "generator of older systems writes it again at the next boot.",
    .evaluate = evaluate,
};

}  // namespace guestprep
