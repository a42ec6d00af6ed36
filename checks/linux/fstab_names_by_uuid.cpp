// SPDX-License-Identifier: Apache-2.0
//
// Requirement: mounts in /etc/fstab are named by what the device holds, not by where it hangs.
// Why:         sda becomes xvda or nvme0n1 on EC2; links by path or by the disk's ID change too.
// Source:      2018 document, "Programmatic Modifications to VMs".
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"root", Severity::warning, "Only the line of / uses a name that changes"},
    {"swap", Severity::advice, "Only swap uses a name that changes"},
    {"optional", Severity::advice, "Only mounts that the boot can do without use such names"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    if (auto finding = finding_without_fstab(facts.storage)) return std::move(*finding);
    std::vector<Evidence> seen;
    std::vector<std::string> advice;
    std::vector<std::vector<std::string>> commands;
    auto worst = AtBoot::untouched;
    for (const auto& entry : facts.storage.fstab->entries) {
        if (!changes_on_other_hardware(entry)) continue;
        const auto uuid = unique_uuid(facts.storage, entry.spec);
        worst = std::max(worst, when_missing(entry, facts.os.init));
        seen.push_back(fstab_evidence(entry, uuid.empty() ? "UUID=..." : uuid));
        advice.push_back("line " + std::to_string(entry.line) + ": " +
                         (uuid.empty() ? "the UUID of " + entry.spec : uuid));
        if (uuid.empty()) commands.push_back({"blkid", entry.spec});
    }
    if (seen.empty()) return pass("/etc/fstab uses no device name that changes");
    const auto count = seen.size();
    auto summary = "/etc/fstab names " +
                   (count == 1 ? "a device" : std::to_string(count) + " devices") +
                   " by what changes on other hardware: " + seen.front().found;
    return fail(std::move(summary), std::move(seen))
        .as(effect_variant(worst, "optional"))
        .advising("In /etc/fstab put in place of the device name, " + join(advice, "; ") + ".",
                  std::move(commands));
}

}  // namespace

constinit const Check checks::fstab_names_by_uuid{
    .id = "linux-fstab-uuid",
    .title = "Mounts in /etc/fstab use names that stay the same on EC2",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement =
        "Name disks in /etc/fstab by UUID (or label, or LVM path), not by kernel device name.",
    .why =
        "On EC2 a disk that was /dev/sda is /dev/xvda or /dev/nvme0n1. A mount that cannot be "
        "found "
        "ends the boot in emergency mode unless it has nofail.",
    .source = "2018 document, Programmatic Modifications to VMs; catalogue A.10",
    .looks_at = "/etc/fstab; the UUID to use comes from the superblocks of the block devices.",
    .import_effect =
        "AWS replaces device names by UUIDs and adds nofail where it finds none, which must be "
        "corrected afterwards.",
    .remedy = "Replace the device names in /etc/fstab by UUID=..., as blkid shows them.",
    .evaluate = evaluate,
};

}  // namespace guestprep
