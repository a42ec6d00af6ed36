// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the DHCP client keeps nothing of the old network.
// Why:         it may refuse the offer of EC2, or keep name servers that are not there any more.
// Source:      field reports; dhclient.conf(5).
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& all, const Profile&) {
    const auto& facts = all.network;
    if (!facts.dhcp_limits) return unknown(facts.dhcp_limits.error());
    std::vector<Evidence> found;
    for (const auto& line : *facts.dhcp_limits)
        found.push_back(evidence_of(line, "what EC2 offers"));
    if (!found.empty()) {
        const auto first = found[0].found;
        return fail("limits of the DHCP client: " + first, std::move(found));
    }
    return pass("the DHCP client takes what it is offered");
}

}  // namespace

constinit const Check checks::dhcp_client_insists_on_nothing{
    .id = "linux-dhcp-retry",
    .title = "The DHCP client keeps nothing of the old network",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "The DHCP client should accept what EC2 offers, and go on asking.",
    .why =
        "Superseded name servers and fixed client identifiers belong to the old network; a client "
        "that gives up at once leaves an instance without an address after one lost packet.",
    .source = "https://linux.die.net/man/5/dhclient.conf",
    .looks_at =
        "supersede, reject, interface and dhcp-client-identifier lines of dhclient's files; "
        "PERSISTENT_DHCLIENT where the network script starts dhclient.",
    .remedy = "Remove the lines named here; in ifcfg files set PERSISTENT_DHCLIENT=yes.",
    .evaluate = evaluate,
};

}  // namespace guestprep
