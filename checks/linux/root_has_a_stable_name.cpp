// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the kernel command line names the root file system by UUID, label or volume.
// Why:         disks have other names in EC2; with root=/dev/sda1 the boot stops (seen).
// Source:      AWS's import checker; catalogue linux-grub-rootspec.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "agent/formats/kernel_command_line.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"resume", Severity::warning, "only resume= names a device that will have another name"},
    {"other-entries", Severity::advice,
     "only entries that are not the default, or the settings for new ones"}};

constexpr std::string_view kExpected = "UUID=, LABEL=, or a logical volume";

void add_unstable(std::string_view line, std::string_view name, const std::string& where,
                  std::vector<Evidence>& evidence) {
    const auto value = kernel_argument(line, name);
    if (value && argument_changes_on_other_hardware(*value))
        evidence.push_back(
            {where, std::string(name) + "=" + shown(*value), std::string(kExpected)});
}

Remedy remedy_for(const Facts& facts, const std::string& root) {
    const auto devices = devices_named(facts.storage, root);
    if (devices.size() != 1 || devices.front()->uuid.empty()) return {};
    const auto named = "root=UUID=" + devices.front()->uuid;
    return {"Replace root=" + root + " by " + named +
                " in the boot loader's configuration and in "
                "what it is written from.",
            {{"grubby", "--update-kernel=ALL", "--args=" + named}}};
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& boot = facts.boot;
    if (!boot.default_boot) return unknown(boot.default_boot.error());
    const auto* const entry = boot.default_entry();
    if (entry == nullptr) return unknown("the default entry is not among those that were read");
    const auto root = kernel_argument(entry->command_line, "root");
    if (!root) return unknown(entry->where + ": the default entry has no root=");

    std::vector<Evidence> found;
    add_unstable(entry->command_line, "root", entry->command_line_where, found);
    if (!found.empty()) {
        auto finding =
            fail("root=" + shown(*root) + " will not be found under this name", std::move(found));
        finding.remedy = remedy_for(facts, *root);
        return finding;
    }
    add_unstable(entry->command_line, "resume", entry->command_line_where, found);
    if (!found.empty())
        return fail("the boot waits for a device that will have another name", std::move(found))
            .as("resume");
    for (const auto& other : boot.entries)
        add_unstable(other.command_line, "root", other.command_line_where, found);
    for (const auto& source : boot.other_command_lines)
        add_unstable(source.text, "root", source.where, found);
    if (!found.empty())
        return fail("the default entry is right, others name devices", std::move(found))
            .as("other-entries");
    return pass("the default entry has root=" + shown(*root));
}

}  // namespace

constinit const Check checks::root_has_a_stable_name{
    .id = "linux-grub-rootspec",
    .title = "The boot entries name the root file system by what moves with it",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "root= should be a UUID, a label or a logical volume, not a device name.",
    .why =
        "The disk is called xvda or nvme0n1 in EC2; a kernel told root=/dev/sda1 waits for it "
        "and ends in an emergency shell.",
    .source = "2018 document, Programmatic Modifications to VMs; catalogue linux-grub-rootspec",
    .looks_at =
        "The command lines of all boot entries, /etc/default/grub, /etc/kernel/cmdline, "
        "/etc/sysconfig/bootloader.",
    .remedy =
        "Write root=UUID=... (blkid tells it) into the boot loader's configuration and into "
        "what it is written from.",
    .evaluate = evaluate,
};

}  // namespace guestprep
