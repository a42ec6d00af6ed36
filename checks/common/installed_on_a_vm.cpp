// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the guest was made as a virtual machine, not converted from a physical one.
// Why:         AWS does not support imports of converted machines.
// Source:      2018 document, Limitations; present guide, "vm-image".
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::uint32_t kLikely = 2;  // one trace of weight 1 is too little

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& origin = facts.software.origin;
    if (!origin) return unknown(origin.error());
    std::vector<Evidence> traces;
    std::uint32_t weight = 0;
    for (const auto& trace : origin->physical) {
        weight += trace.weight;
        traces.push_back({trace.where, trace.found, "a virtual machine"});
    }
    if (weight >= kLikely) {
        const auto found = traces.front().found;
        return fail("this system seems to come from a physical machine: " + found,
                    std::move(traces));
    }
    if (!origin->virtual_machine.where.empty())
        return pass("installed on a virtual machine: " + origin->virtual_machine.found)
            .with({{origin->virtual_machine.where, origin->virtual_machine.found, ""}});
    if (!origin->logs.empty() && facts.platform == Platform::windows_guest)
        return pass("no trace of a physical machine in the registry")
            .with({{origin->logs.front(), "no device of a maker of servers", ""}});
    if (!origin->logs.empty())
        return pass("no trace of a physical machine in the installer's logs")
            .with({{origin->logs.front(), "names no machine", ""}});
    return unknown("no log of the installer is there to tell where the system was installed");
}

}  // namespace

constinit const Check checks::installed_on_a_vm{
    .id = "p2v-origin",
    .title = "The system was installed on a virtual machine",
    .platform = Platform::any,
    .severity = Severity::warning,
    .requirement = "Virtual machines that were made out of physical ones are not supported.",
    .why =
        "Converted systems carry drivers and services of hardware that is gone; some do not "
        "boot after an import. Nothing inside proves it: this is evidence, not proof.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "DMI lines in the installer's logs, drivers of server hardware in hwconf and "
        "persistent-net.rules, packages that manage a maker's servers. On Windows devices of the "
        "past "
        "below Enum\\PCI, services of converters and of makers of servers.",
    .remedy =
        "Test the import early. Where it fails, install the system anew on a virtual machine "
        "and move the workload, or use AWS Application Migration Service.",
    .evaluate = evaluate,
};

}  // namespace guestprep
