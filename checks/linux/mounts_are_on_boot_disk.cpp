// SPDX-License-Identifier: Apache-2.0
//
// Requirement: disks that the boot mounts are exported with the boot disk.
// Why:         a disk that was left out is a missing device at the next boot.
// Source:      AWS support's instance checker.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

bool names_a_disk(const FstabEntry& entry) {
    return entry.kind != SpecKind::pseudo && entry.kind != SpecKind::network &&
           entry.kind != SpecKind::file && !entry.is_optical() && entry.mount_point != "/" &&
           !entry.is_bind() && (entry.kind != SpecKind::other || entry.spec.starts_with("/dev/"));
}

std::string bus_of(const DeviceList& disks) {
    for (const auto* disk : disks)
        if (disk->bus == "usb" || disk->bus == "iscsi") return " (" + disk->bus + ")";
    return {};
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    if (auto finding = finding_without_fstab(storage)) return std::move(*finding);
    std::vector<const FstabEntry*> needed;
    for (const auto& entry : storage.fstab->entries)
        if (names_a_disk(entry) && when_missing(entry, facts.os.init) != AtBoot::untouched)
            needed.push_back(&entry);
    if (needed.empty()) return pass("the boot mounts no other file system that it depends on");
    const auto boot = boot_disks(storage);
    if (!boot) return unknown(boot.error());
    std::vector<Evidence> elsewhere;
    for (const auto* entry : needed) {
        DeviceList others;
        for (const auto* device : devices_named(storage, entry->spec))
            for (const auto* disk : disks_below(storage, *device))
                if (std::ranges::find(*boot, disk) == boot->end()) others.push_back(disk);
        if (!others.empty())
            elsewhere.push_back(
                fstab_evidence(*entry, "export " + names_of(others) + bus_of(others) + " too"));
    }
    if (elsewhere.empty()) return pass("all that the boot mounts is on " + names_of(*boot));
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
