// SPDX-License-Identifier: Apache-2.0
//
// Requirement: nothing keeps the kernel from loading the drivers of EC2.
// Why:         without its disk or network driver the instance does not boot or answer.
// Source:      AWS's Nitro scripts (modules_disabled); modprobe.d(5).
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/boot_drivers.h"
#include "agent/facts/facts.h"
#include "agent/facts/needed_drivers.h"
#include "agent/formats/kernel_command_line.h"
#include "agent/formats/modprobe_conf.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"xen", Severity::blocker, "Only drivers of Xen instance types"},
    {"nitro", Severity::blocker, "Only drivers of Nitro instance types"},
};
struct Seen {
    std::vector<Evidence> evidence;
    bool xen = false, nitro = false;

    void add(std::string_view module, Evidence one) {
        if (std::ranges::find(kXenDrivers, module) != std::end(kXenDrivers))
            xen = true;
        else if (std::ranges::find(kNitroDrivers, module) != std::end(kNitroDrivers))
            nitro = true;
        else
            return;
        evidence.push_back(std::move(one));
    }
};

void judge_command_line(const BootEntry& entry, Seen& seen) {
    for (const auto list : kModuleBlacklists)
        for (const auto& value : kernel_argument_values(entry.command_line, list))
            for (const auto name : split(value, ','))
                seen.add(with_underscores(name),
                         {entry.command_line_where, std::string(list) + "=" + value,
                          "without " + std::string(name)});
    const auto unplug = kernel_argument(entry.command_line, "xen_emul_unplug");
    if (unplug == "never" || kernel_argument(entry.command_line, "xen_nopv"))
        seen.add("xen_platform_pci",
                 {entry.command_line_where,
                  unplug == "never" ? "xen_emul_unplug=never" : "xen_nopv", "without it"});
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& first_boot = facts.first_boot;
    const auto* entry = facts.boot.default_entry();
    Seen seen;
    if (first_boot.module_bars)
        for (const auto& bar : *first_boot.module_bars) {
            // A driver in the kernel itself is not loaded, and no such line reaches it.
            if (facts.boot.kernel) {
                const auto place = find_driver(*facts.boot.kernel, {bar.module});
                if (place && *place == DriverPlace::built_in) continue;
            }
            seen.add(bar.module, {bar.line.at, bar.line.text, "no such line"});
        }
    if (entry != nullptr) judge_command_line(*entry, seen);
    if (const auto& off = first_boot.modules_disabled; off.is_set()) {
        seen.evidence.push_back({off.at, off.text, "kernel.modules_disabled = 0"});
        seen.xen = seen.nitro = true;
    }
    if (!seen.evidence.empty()) {
        auto summary = "a driver of EC2 cannot be loaded: " + seen.evidence.front().where + ": " +
                       seen.evidence.front().found;
        auto finding = fail(std::move(summary), std::move(seen.evidence));
        if (seen.xen && seen.nitro) return finding;
        return std::move(finding).as(seen.xen ? "xen" : "nitro");
    }
    if (!first_boot.module_bars) return unknown(first_boot.module_bars.error());
    if (entry == nullptr) return unknown("the command line of the next boot is not known");
    return pass("nothing keeps the drivers of EC2 from loading");
}

}  // namespace

constinit const Check checks::drivers_may_load{
    .id = "linux-modules-disabled",
    .title = "The drivers of EC2 may be loaded",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "ena, nvme and Xen's front-end drivers are neither blacklisted nor switched off.",
    .why =
        "Hardening guides blacklist drivers that the machine does not need now; on EC2 they are "
        "what disk and network hang on.",
    .source = "https://github.com/awslabs/aws-support-tools (NitroInstanceChecks); modprobe.d(5)",
    .looks_at =
        "modprobe.d, modprobe.conf, sysctl's kernel.modules_disabled, and blacklists on "
        "the kernel command line.",
    .remedy =
        "Comment out the line that is named here, and rebuild the initramfs, which holds a "
        "copy.",
    .evaluate = evaluate,
};

}  // namespace guestprep
