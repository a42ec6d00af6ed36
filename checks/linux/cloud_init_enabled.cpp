// SPDX-License-Identifier: Apache-2.0
//
// Requirement: cloud-init, where it is installed, is not switched off.
// Why:         it is what takes over the key pair, the host name and the network of EC2.
// Source:      cloud-init documentation, "disable cloud-init".
#include "agent/facts/facts.h"
#include "agent/facts/new_nic.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& all, const Profile&) {
    const auto& cloud = all.network.cloud_init;
    if (cloud.is_absent()) return not_applicable("cloud-init is not installed");
    if (!cloud) return unknown(cloud.error());
    if (cloud->disabled.is_set())
        return fail("cloud-init is switched off", {evidence_of(cloud->disabled, "enabled")});
    if (!cloud->starts) return fail("cloud-init is installed and does not start at boot", {});
    return pass("cloud-init starts at boot");
}

}  // namespace

constinit const Check checks::cloud_init_enabled{
    .id = "linux-cloudinit-disabled",
    .title = "cloud-init starts at boot",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "cloud-init should run on EC2 if the system is meant to use it.",
    .why = "Switched off, it takes over neither the instance's key pair nor its user data.",
    .source = "https://cloudinit.readthedocs.io/en/latest/howto/disable_cloud_init.html",
    .looks_at = "/etc/cloud/cloud-init.disabled, the kernel's command line, its units.",
    .remedy = "Remove what switches cloud-init off, if the instance is meant to use it.",
    .evaluate = evaluate,
};

}  // namespace guestprep
