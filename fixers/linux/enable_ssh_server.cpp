// SPDX-License-Identifier: Apache-2.0
//
// Changes: what starts sshd at boot, and a file that keeps it from starting.
// Leaves:  sshd_config, host keys, the sshd that runs now; a masked unit, unless --include names
//          the check.
#include "agent/facts/facts.h"
#include "agent/facts/service_enabling.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes& wishes) {
    const auto& ssh = facts.access.ssh;
    if (!ssh.program) return failure(Errc::unsupported, "no OpenSSH server can be seen");
    ChangeSet set;
    if (!ssh.switched_off_by.empty()) {
        const auto text = facts.sources.find(GuestPath(ssh.switched_off_by));
        if (text == facts.sources.end())
            return failure(Errc::unsupported, ssh.switched_off_by + " could not be read");
        set.changes.push_back(
            FileEdit{.path = text->first, .before = text->second, .after = std::nullopt});
    }
    // What the file kept back starts when the file is gone.
    const bool by_socket = ssh.socket.starts() && ssh.service.state != Enablement::masked;
    if (by_socket || ssh.service.starts() || (ssh.service.held_back && !set.empty())) return set;
    auto enabled = enable_at_boot(facts, ssh.service, wishes.named);
    if (!enabled) return enabled;
    set.changes.insert(set.changes.end(), enabled->changes.begin(), enabled->changes.end());
    return set;
}

}  // namespace

constinit const Fixer fixers::enable_ssh_server{
    .id = "linux-ssh-enabled",
    .title = "Start the SSH server at boot",
    .platform = Platform::linux_guest,
    .kind = FixKind::safe,
    .changes =
        "The links of systemd or SysV init that start sshd, \"manual\" in an Upstart override, "
        "and /etc/ssh/sshd_not_to_be_run.",
    .leaves =
        "A server that is not installed, its configuration and its host keys; a masked one, unless "
        "--include names this check.",
    .plan = plan,
};

}  // namespace guestprep
