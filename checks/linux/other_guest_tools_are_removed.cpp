// SPDX-License-Identifier: Apache-2.0
//
// Requirement: guest tools of other hypervisors are gone.
// Why:         they serve nothing on EC2; a display driver named in xorg.conf leaves X without one.
// Source:      agent's own rule, after virt-v2v.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& tools = facts.software.guest_tools;
    if (!tools) return unknown(tools.error());
    if (tools->empty()) return pass("no guest tools of another hypervisor");
    std::vector<Evidence> evidence;
    std::string names;
    for (const auto& found : *tools) {
        names += (names.empty() ? "" : ", ") + found.product;
        evidence.push_back({found.evidence, found.product, "removed"});
    }
    return fail(names + (tools->size() == 1 ? " is there" : " are there"), std::move(evidence));
}

}  // namespace

constinit const Check checks::other_guest_tools_are_removed{
    .id = "linux-guest-tools-other",
    .title = "Guest tools of other hypervisors are not installed",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "Not asked for by AWS; tools of a hypervisor have no use on EC2.",
    .why =
        "Their services fail or wait at each boot, and X does not start with the display driver "
        "of another hypervisor.",
    .source = "Own rule, after https://github.com/libguestfs/virt-v2v",
    .looks_at =
        "Services and files of VirtualBox, Parallels, Hyper-V, QEMU, XenServer and SPICE "
        "tools; Driver lines of X configurations.",
    .remedy = "Remove the packages, or run the tools' own uninstaller, before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
