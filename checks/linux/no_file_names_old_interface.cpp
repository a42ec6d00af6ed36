// SPDX-License-Identifier: Apache-2.0
//
// Requirement: no other file names an interface that will have another name.
// Why:         rules and settings for ens192 have no effect on eth0.
// Source:      field experience.
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    std::vector<Evidence> found;
    const auto expected = ec2_names(facts).front() + ", or no name";
    for (const auto& line : facts.name_uses) found.push_back(evidence_of(line, expected));
    if (!found.empty()) {
        const auto count = std::to_string(found.size());
        return fail(count + (count == "1" ? " line names" : " lines name") +
                        " an interface that EC2 does not have",
                    std::move(found));
    }
    if (!facts.nics && facts.interfaces.empty())
        return unknown("no interface is known whose name could stand somewhere");
    return pass("no other file names the old interface");
}

}  // namespace

constinit const Check checks::no_file_names_old_interface{
    .id = "linux-ifname-references",
    .title = "No other file names the old interface",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "Files that name an interface must name the one that the instance has.",
    .why =
        "Firewall zones, routes and sysctl settings for the old name do nothing for the new one.",
    .source = "Field experience; no document of AWS.",
    .looks_at =
        "firewalld, ufw, iptables, nftables, sysctl, SuSEfirewall2, DHCP and DNS servers, "
        "keepalived, corosync, route-* files.",
    .remedy = "Change the name together with the interface's.",
    .evaluate = evaluate,
};

}  // namespace guestprep
