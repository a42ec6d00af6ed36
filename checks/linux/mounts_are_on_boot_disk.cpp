// SPDX-License-Identifier: Apache-2.0
//
// Requirement: disks that the boot mounts are exported with the boot disk.
// Why:         a disk that was left out is a missing device at the next boot.
// Source:      AWS support's instance checker.
#include "agent/facts/fstab_at_boot.h"
#include "agent/facts/secondary_mounts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

std::string bus_of(const DeviceList& disks) {
    for (const auto* disk : disks)
        if (disk->bus == "usb" || disk->bus == "iscsi") return " (" + disk->bus + ")";
    return {};
}

Finding evaluate(const Facts& facts, const Profile&) {
    if (auto finding = finding_without_fstab(facts.storage)) return std::move(*finding);
    const auto mounts = secondary_mounts(facts);
    if (!mounts) return unknown(mounts.error());
    if (mounts->empty()) return pass("the boot depends on no other disk than its own");
    std::vector<Evidence> elsewhere;
    for (const auto& [entry, disks] : *mounts)
        elsewhere.push_back(
            fstab_evidence(*entry, "export " + names_of(disks) + bus_of(disks) + " too"));
    auto summary = "the boot also needs another disk: " + elsewhere.front().found;
    return fail(std::move(summary), std::move(elsewhere));
}

}  // namespace

constinit const Check checks::mounts_are_on_boot_disk{
    .id = "linux-fstab-secondary",
    .title = "What the boot mounts is on the boot disk, or optional",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement =
        "Every disk that /etc/fstab mounts at boot is part of the import, or its mount is nofail.",
    .why =
        "A data disk that was not exported (USB, iSCSI and detached disks never are) is missing at "
        "the first boot, which then stops in emergency mode.",
    .source = "AWS support's VM import instance checker; catalogue D",
    .looks_at = "The disks below each line of /etc/fstab, against those of / and /boot.",
    .remedy =
        "Export these disks together with the boot disk and attach them to the instance, or add "
        "nofail to their lines in /etc/fstab.",
    .evaluate = evaluate,
};

}  // namespace guestprep
