// SPDX-License-Identifier: Apache-2.0
//
// Requirement: this is a virtual machine.
// Why:         the import takes images of virtual machines; physical ones are not supported.
// Source:      2018 document, Limitations (P2V); catalogue not-a-vm.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.running)
        return not_applicable("files were looked at, not the machine that runs them");
    const auto& hypervisor = facts.os.hypervisor;
    if (!hypervisor) return unknown(hypervisor.error());
    if (hypervisor->name == "none")
        return fail("this is a physical machine",
                    {{"CPUID and DMI", hypervisor->evidence, "a hypervisor"}});
    return pass("runs under " + hypervisor->name + " (" + hypervisor->evidence + ")");
}

}  // namespace

constinit const Check checks::is_a_virtual_machine{
    .id = "not-a-vm",
    .title = "This is a virtual machine",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement =
        "Only virtual machines can be imported; conversions of physical ones are not "
        "supported.",
    .why = "An image of real hardware lacks the drivers and the layout that the import expects.",
    .source =
        "2018 document, Limitations; https://docs.aws.amazon.com/vm-import/latest/userguide/"
        "limitations-image-importing.html",
    .looks_at = "The processor's hypervisor leaf (CPUID) and /sys/class/dmi/id.",
    .remedy = "Use AWS Application Migration Service for physical machines.",
    .evaluate = evaluate,
};

}  // namespace guestprep
