// SPDX-License-Identifier: Apache-2.0
//
// Requirement: a new connection to sshd, from any address, passes the host firewall.
// Why:         the guest gets another address, its network another range, its NIC another name;
//              a firewall that knows only the old ones shuts everybody out.
// Source:      2018 document and present guide, "General prerequisites": host firewall and SSH.
#include <algorithm>

#include "agent/facts/firewall_judgement.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"source-limited", Severity::warning, "Only public addresses that the rules name may connect"},
    {"interface-bound", Severity::warning, "SSH is admitted on an interface name that may be gone"},
};

Finding judge(const Firewall& firewall, const SshQuestion& question) {
    if (!firewall.rules) return unknown(firewall.name + ": " + firewall.rules.why());
    auto finding = judge_packet_filter(firewall.name, *firewall.rules, question);
    if (firewall.service.starts() || finding.status != Status::fail) return finding;
    return unknown(finding.summary + ", if it starts at boot: " + firewall.service.note)
        .with(std::move(finding.evidence));
}

/// Nothing known sets up a firewall. What filters now may come from a place nobody looked at.
Finding judge_now(const Fact<PacketFilter>& now, const SshQuestion& question) {
    if (now.is_absent() || (!now && now.error().code == Errc::unsupported))
        return pass("no firewall is set up at boot");
    if (!now)
        return unknown("no firewall is found that starts at boot, but the kernel has rules: " +
                       now.why());
    auto finding = judge_packet_filter("the running kernel", *now, question);
    if (finding.status == Status::pass) return finding;
    return unknown(finding.summary + ", and nothing is found that sets this up at boot")
        .with(std::move(finding.evidence));
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto question = ssh_question(facts);
    if (facts.firewall.at_boot.empty()) return judge_now(facts.firewall.now, question);
    std::vector<Finding> findings;
    for (const auto& firewall : facts.firewall.at_boot)
        findings.push_back(judge(firewall, question));
    // Each loads its rules over or beside the others': who is last, files do not tell.
    const auto with = [&](Status status) {
        return std::ranges::find(findings, status, &Finding::status);
    };
    const auto failed = with(Status::fail), passed = with(Status::pass);
    const auto open = with(Status::unknown);
    const auto other = passed != findings.end() ? passed : open;
    if (failed != findings.end() && other != findings.end())
        return unknown(failed->summary + "; but " + other->summary +
                       ": both start at boot, and which rules hold is not known")
            .with(std::move(failed->evidence));
    if (failed != findings.end()) return std::move(*failed);
    return std::move(open != findings.end() ? *open : findings.front());
}

}  // namespace

constinit const Check checks::firewall_admits_ssh{
    .id = "linux-firewall-ssh",
    .title = "The host firewall admits SSH from anywhere",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "A host firewall must let SSH connections in.",
    .why =
        "After the import the guest has another address, in another network, on a NIC of another "
        "name. Rules that know only the old ones shut everybody out, and there is no console to "
        "repair them from.",
    .source = "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at =
        "The rules that the next boot loads, followed for a new connection from an unknown "
        "address: iptables, nftables, firewalld, ufw, SuSEfirewall2, and scripts.",
    .remedy =
        "Accept the SSH port from any address and on any interface in the persisted rules, "
        "before the first rule that drops; limit it with a security group instead.",
    .evaluate = evaluate,
};

}  // namespace guestprep
