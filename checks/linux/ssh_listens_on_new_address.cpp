// SPDX-License-Identifier: Apache-2.0
//
// Requirement: SSH answers on whatever IPv4 address EC2 gives the guest, to clients from anywhere.
// Why:         sshd bound to the old address cannot bind it any more, and ends.
// Source:      2018 document, General preparation (Linux), implied; agent's own rule.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/formats/hosts_access.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

bool is_loopback(std::string_view host) {
    return host.starts_with("127.") || host == "::1" || host == "localhost";
}

bool is_any_ipv4(const SshListener& listener, const SshServer& ssh) {
    if (listener.host.empty() || listener.host == "0.0.0.0" || listener.host == "*") return true;
    // A socket of systemd on [::] takes IPv4 as well, one of sshd does not.
    return listener.host == "::" && listener.where == ssh.socket.name;
}

void judge_addresses(const SshServer& ssh, std::vector<Evidence>& bad) {
    if (equal_ignoring_case(ssh.address_family.text, "inet6"))
        bad.push_back({ssh.address_family.where, "AddressFamily inet6",
                       "any or inet: EC2 reaches the guest by IPv4"});
    for (const auto& listener : ssh.listeners)
        if (is_any_ipv4(listener, ssh)) return;
    for (const auto& listener : ssh.listeners) {
        const auto why = is_loopback(listener.host)
                             ? std::string("an address that others can reach")
                             : "0.0.0.0, or no ListenAddress: the guest gets another address";
        bad.push_back({listener.where,
                       "listens on " + listener.host + " port " + std::to_string(listener.port),
                       why});
    }
}

std::string joined(const Fact<std::vector<std::string>>& lines) {
    return lines ? join(*lines, "\n") : std::string();
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& access = facts.access;
    const auto& ssh = access.ssh;
    if (ssh.program.is_absent()) return not_applicable("no OpenSSH server is installed");
    if (!ssh.program) return unknown(ssh.program.error());
    if (!access.ssh_ports) return unknown(access.ssh_ports.error());
    std::vector<Evidence> bad;
    judge_addresses(ssh, bad);
    if (!access.nologin.where.empty())
        bad.push_back({access.nologin.where, access.nologin.text, "no such file"});
    WrapperDecision wrappers;
    const auto& allow = access.hosts_allow;
    const auto& deny = access.hosts_deny;
    if (ssh.uses_hosts_access) wrappers = judge_hosts_access(joined(allow), joined(deny));
    // Clients of the old network may be let in: the next ones come from elsewhere.
    if (wrappers.verdict == WrapperVerdict::refused && wrappers.rule)
        bad.push_back({wrappers.rule->where, shown(wrappers.rule->text),
                       wrappers.exceptions.empty() ? "new clients admitted"
                                                   : "new clients admitted, not only those of " +
                                                         wrappers.exceptions.front().where});
    if (!bad.empty()) {
        auto summary = "SSH will not be reachable: " + bad.front().where + ": " + bad.front().found;
        return fail(std::move(summary), std::move(bad));
    }
    const bool unread =
        ssh.uses_hosts_access && ((!allow && !allow.is_absent()) || (!deny && !deny.is_absent()));
    if (unread) return unknown(allow ? deny.error() : allow.error());
    if (wrappers.verdict == WrapperVerdict::unknown)
        return unknown("cannot tell what TCP wrappers say to new clients: " +
                       (wrappers.rule ? wrappers.rule->where : std::string("/etc/hosts.deny")));
    return pass("SSH listens on every address");
}

}  // namespace

constinit const Check checks::ssh_listens_on_new_address{
    .id = "linux-ssh-listen",
    .title = "SSH listens on the address that EC2 will give",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "SSH must be reachable over the network that the instance is given.",
    .why =
        "The instance gets a new address by DHCP. A ListenAddress of the old network cannot be "
        "bound, and sshd ends; hosts.deny and /etc/nologin turn logins away.",
    .source =
        "2018 document, General preparation (Linux), implied; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/import-vm-next-steps.html",
    .looks_at =
        "ListenAddress and AddressFamily of sshd_config and what it includes, the "
        "ListenStream lines of an ssh socket unit, /etc/hosts.allow and /etc/hosts.deny "
        "where sshd is linked with libwrap, /etc/nologin.",
    .remedy =
        "Take out the ListenAddress lines (or name 0.0.0.0), and what turns new clients away.",
    .evaluate = evaluate,
};

}  // namespace guestprep
