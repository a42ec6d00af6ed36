// SPDX-License-Identifier: Apache-2.0
//
// Requirement: what cloud-init does to accounts at the first start on EC2 is wanted.
// Why:         a new instance ID makes it run again: host keys, password logins, a new user.
// Source:      AlmaLinux cloud-images #23; cloud-init's documentation.
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& cloud = facts.network.cloud_init;
    if (cloud.is_absent()) return not_applicable("cloud-init is not installed");
    if (!cloud) return unknown(cloud.error());
    if (!cloud->starts) return pass("cloud-init does not start");
    if (!cloud->knows_ec2()) return pass("cloud-init does not ask EC2 for anything");
    std::vector<Evidence> seen;
    for (const auto& line : cloud->effects) seen.push_back(evidence_of(line));
    seen.push_back({"cloud-init's defaults",
                    "host keys are made anew, the default user is made and gets the launch key",
                    "wanted, or cloud-init switched off"});
    return fail("cloud-init treats the instance as a new machine", std::move(seen));
}

}  // namespace

constinit const Check checks::cloud_init_effects_known{
    .id = "linux-cloudinit-effects",
    .title = "cloud-init changes nothing in accounts at the first start",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "It is known what cloud-init does when it meets a new instance ID.",
    .why =
        "SSH host keys change (clients warn), password logins may be switched off, ec2-user or "
        "another default user appears with sudo.",
    .source =
        "https://github.com/AlmaLinux/cloud-images/issues/23; "
        "https://docs.cloud-init.io/en/latest/reference/modules.html",
    .looks_at = "ssh_deletekeys, ssh_pwauth, disable_root and the default user in cloud.cfg.",
    .remedy =
        "Set ssh_deletekeys: false and ssh_pwauth as wanted in "
        "/etc/cloud/cloud.cfg.d/99-local.cfg, or leave it as it is.",
    .evaluate = evaluate,
};

}  // namespace guestprep
