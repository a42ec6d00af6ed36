// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the NVMe driver waits for slow disks instead of giving them up.
// Why:         EBS volumes may pause for longer than the driver's 30 seconds.
// Source:      EC2 user guide, NVMe volumes; catalogue linux-nvme-timeout.
#include "agent/core/system_rules.h"
#include "agent/core/text.h"
#include "agent/facts/boot_drivers.h"
#include "agent/facts/facts.h"
#include "agent/formats/kernel_command_line.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.boot.kernel) return unknown(facts.boot.kernel.error());
    const auto& kernel = *facts.boot.kernel;
    const auto* const entry = facts.boot.default_entry();
    if (entry == nullptr) return unknown("the default entry is not among those that were read");
    const auto driver = find_driver(kernel, {"nvme"});
    if (driver && *driver == DriverPlace::missing)
        return not_applicable("the default kernel has no NVMe driver");
    // Before 4.6 the option belongs to another module and takes a byte.
    const bool old = compare_versions(kernel_base_version(kernel.version), "4.6") < 0;
    const std::string name = old ? "nvme.io_timeout" : "nvme_core.io_timeout";
    const std::string wanted = old ? "255" : "4294967295";
    const auto value = kernel_argument(entry->command_line, name);
    if (value == wanted || (old && value == "254")) return pass(name + "=" + *value);
    return fail("the NVMe driver gives a slow disk up after " +
                    (value ? *value + " seconds" : std::string("30 seconds")),
                {{entry->command_line_where, value ? name + "=" + *value : "no " + name,
                  name + "=" + wanted}});
}

}  // namespace

constinit const Check checks::nvme_timeout_is_long{
    .id = "linux-nvme-timeout",
    .title = "The NVMe driver waits for slow disks",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "On Nitro instance types AWS recommends the longest I/O timeout for NVMe disks.",
    .why =
        "A volume that pauses for longer than the driver waits makes the file system "
        "read-only.",
    .source = "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/nvme-ebs-volumes.html",
    .looks_at = "The command line of the default boot entry.",
    .remedy =
        "Add nvme_core.io_timeout=4294967295 (nvme.io_timeout=255 before kernel 4.6) to the "
        "kernel's command line.",
    .evaluate = evaluate,
};

}  // namespace guestprep
