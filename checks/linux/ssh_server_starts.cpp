// SPDX-License-Identifier: Apache-2.0
//
// Requirement: an SSH server starts with the system.
// Why:         EC2 gives no other way into a Linux guest that needs no preparation.
// Source:      2018 document, General preparation (Linux); present guide, prepare-vm-image.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

std::string state_text(const ServiceState& service) {
    auto text = service.name + " is " +
                std::string(enum_names(service.state)[static_cast<std::size_t>(service.state)]);
    return service.note.empty() ? text : text + " (" + service.note + ")";
}

/// What keeps the server from starting; `open` collects what could not be judged.
void judge_start(const SshServer& ssh, std::vector<Evidence>& bad, std::string& open) {
    if (!ssh.switched_off_by.empty())
        bad.push_back({ssh.switched_off_by, "the file exists", "no such file: sshd obeys it"});
    if (ssh.service.starts()) return;
    const auto& service = ssh.service;
    // The socket starts the service; a masked one cannot be started.
    const bool by_socket = ssh.socket.starts() && !(ssh.socket.name == "ssh.socket" &&
                                                    service.state == Enablement::masked);
    if (by_socket) return;
    if (service.state == Enablement::unknown || ssh.socket.state == Enablement::unknown)
        open = state_text(service.state == Enablement::unknown ? service : ssh.socket);
    else
        bad.push_back({service.evidence.empty() ? "init system" : service.evidence,
                       state_text(service), "enabled at boot"});
}

void judge_config(const SshServer& ssh, std::vector<Evidence>& bad, std::string& open) {
    if (!ssh.config) {
        if (!ssh.config.is_absent())
            open = ssh.config.why();
        else
            bad.push_back({"/etc/ssh/sshd_config", "no such file", "sshd does not start without"});
        return;
    }
    // sshd's own word goes first, where it could be had.
    if (ssh.self_test) {
        if (!ssh.self_test->empty())
            bad.push_back({"sshd -t", *ssh.self_test, "a configuration that sshd accepts"});
        return;
    }
    for (const auto& problem : ssh.problems)
        bad.push_back({problem.where, problem.text, "a line that sshd accepts"});
    if (!ssh.unread.empty()) open = ssh.unread.front();
    if (!ssh.doubts.empty()) open = ssh.doubts.front().where + ": " + ssh.doubts.front().text;
}

void judge_host_keys(const AccessFacts& access, std::vector<Evidence>& bad) {
    const auto& ssh = access.ssh;
    // cloud-init makes host keys of its own before sshd starts.
    if (!ssh.host_keys.empty() || !ssh.key_generator.empty() || access.cloud_init.starts()) return;
    if (!ssh.config) return;  // it may name other keys
    if (ssh.bad_host_keys.empty())
        bad.push_back({"/etc/ssh", "no host key, and nothing that makes one at the start",
                       "ssh_host_*_key; make them with ssh-keygen -A"});
    for (const auto& key : ssh.bad_host_keys)
        bad.push_back({key.where, key.text, "a host key that sshd loads (mode 0600)"});
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& ssh = facts.access.ssh;
    if (ssh.program.is_absent() && !ssh.other_server.empty())
        return unknown("the SSH server is " + ssh.other_server +
                       ", whose configuration is not judged");
    if (ssh.program.is_absent())
        return fail("no SSH server is installed",
                    {{"/usr/sbin/sshd", "no such file", "OpenSSH server"}})
            .advising(
                "Install the OpenSSH server (package openssh-server, on SUSE openssh), and "
                "enable it at boot.");
    if (!ssh.program) return unknown(ssh.program.error());
    std::vector<Evidence> bad;
    std::string open;
    judge_start(ssh, bad, open);
    judge_config(ssh, bad, open);
    judge_host_keys(facts.access, bad);
    if (!bad.empty()) {
        auto summary = "sshd will not start: " + bad.front().where + ": " + bad.front().found;
        return fail(std::move(summary), std::move(bad));
    }
    if (!open.empty()) return unknown("cannot tell whether sshd starts: " + open);
    const auto& by = ssh.service.starts() ? ssh.service : ssh.socket;
    return pass("sshd" + (ssh.version ? " " + *ssh.version : "") + " starts at boot")
        .with({{by.evidence, by.name + " is enabled", ""}});
}

}  // namespace

constinit const Check checks::ssh_server_starts{
    .id = "linux-ssh-enabled",
    .title = "An SSH server starts at boot",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement = "The guest must allow remote access: an SSH server has to run after the boot.",
    .why = "An imported Linux guest without sshd runs, and nobody can get into it.",
    .source =
        "2018 document, General preparation (Linux); "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html",
    .looks_at =
        "sshd, what starts it (units and their links, upstart jobs, start links of the default "
        "runlevel), sshd_config with what it includes, and the host keys.",
    .remedy =
        "Enable the service (systemctl enable ssh or sshd, chkconfig sshd on, update-rc.d ssh "
        "enable) and correct what sshd -t complains of.",
    .evaluate = evaluate,
};

}  // namespace guestprep
