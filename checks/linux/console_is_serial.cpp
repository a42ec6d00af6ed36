// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the kernel writes its messages to the first serial port.
// Why:         that is all that EC2 shows of a system that does not come up.
// Source:      EC2 user guide, instance console output; catalogue linux-console-ttyS0.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/formats/kernel_command_line.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.boot.default_boot) return unknown(facts.boot.default_boot.error());
    const auto* const entry = facts.boot.default_entry();
    if (entry == nullptr) return unknown("the default entry is not among those that were read");
    const auto consoles = kernel_argument_values(entry->command_line, "console");
    for (const auto& console : consoles)
        if (console == "ttyS0" || console.starts_with("ttyS0,")) return pass("console=" + console);
    return fail(
        "the kernel's messages will not be seen in EC2",
        {{entry->command_line_where, "no console=ttyS0", "console=tty0 console=ttyS0,115200n8"}});
}

}  // namespace

constinit const Check checks::console_is_serial{
    .id = "linux-console-ttyS0",
    .title = "The kernel writes to the serial console",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "The default entry should have console=ttyS0.",
    .why =
        "EC2's console output and serial console show only the first serial port: without it a "
        "boot that fails is a riddle.",
    .source = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-console.html",
    .looks_at = "The command line of the default boot entry.",
    .remedy = "Add console=tty0 console=ttyS0,115200n8 to the kernel's command line.",
    .evaluate = evaluate,
};

}  // namespace guestprep
