// SPDX-License-Identifier: Apache-2.0
//
// Requirement: network mounts and shared folders do not have to work for the boot.
// Why:         the old file servers are out of reach, and a hypervisor's shared folders are gone.
// Source:      2018 document, "Programmatic Modifications to VMs".
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"host-folder", Severity::warning,
     "A folder shared by the old hypervisor is mounted: it cannot be there on EC2"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    if (auto finding = finding_without_fstab(facts.storage)) return std::move(*finding);
    std::vector<Evidence> seen;
    bool has_host_folder = false;
    bool any = false;
    for (const auto& entry : facts.storage.fstab->entries) {
        const bool host_folder = is_host_folder(entry);
        if (!host_folder && !entry.is_network()) continue;
        any = true;
        if (entry.is_on_demand() || entry.has_option("nofail") || entry.has_option("nobootwait") ||
            entry.has_option("_netdev"))
            continue;
        has_host_folder = has_host_folder || host_folder;
        seen.push_back(fstab_evidence(entry, "nofail,_netdev"));
    }
    if (!any) return pass("/etc/fstab mounts nothing from a network");
    if (seen.empty()) return pass("the boot does not depend on the network mounts in /etc/fstab");
    auto summary = "the boot asks for what the instance may not reach: " + seen.front().found;
    return fail(std::move(summary), std::move(seen)).as(has_host_folder ? "host-folder" : "");
}

}  // namespace

constinit const Check checks::network_mounts_are_optional{
    .id = "linux-fstab-netfs",
    .title = "Network mounts and shared folders are optional at boot",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "File systems of other kinds than disks (cifs, nfs, sshfs, vboxsf, ...) in /etc/fstab are "
        "marked nofail and _netdev, or noauto.",
    .why =
        "From the VPC the servers are usually out of reach: the boot waits for them. Shared "
        "folders "
        "of the old hypervisor are gone, and their absence stops the boot.",
    .source = "2018 document, Programmatic Modifications to VMs; catalogue A.10",
    .looks_at = "/etc/fstab: file system types, //server/share and server:/path.",
    .import_effect = "AWS disables such lines.",
    .remedy = "Add nofail,_netdev to these lines of /etc/fstab, or remove them.",
    .evaluate = evaluate,
};

}  // namespace guestprep
