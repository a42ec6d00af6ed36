// SPDX-License-Identifier: Apache-2.0
//
// Requirement: swap, and the device that a hibernated system resumes from, have names that stay.
// Why:         the boot waits for a device that does not come.
// Source:      general knowledge (initramfs-tools, systemd).
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    if (!storage.fstab && !storage.fstab.is_absent()) return unknown(storage.fstab.error());
    std::vector<Evidence> stale;
    bool undetermined = false;
    if (storage.fstab)
        for (const auto& entry : storage.fstab->entries) {
            if (!entry.is_swap() || entry.is_on_demand() || entry.has_option("nofail")) continue;
            if (is_stale_swap(entry, storage))
                stale.push_back(fstab_evidence(entry, "UUID=... of a swap that is there"));
            else if (presence_of(entry, storage) == Presence::undetermined)
                undetermined = true;
        }
    if (const auto entry = resume_entry(storage); entry && storage.fstab) {
        if (is_stale_swap(*entry, storage))
            stale.push_back({kResumeFile, "RESUME=" + *storage.resume, "RESUME=none"});
        else if (presence_of(*entry, storage) == Presence::undetermined)
            undetermined = true;
    }
    if (!stale.empty()) {
        auto summary = "the boot may wait for swap: " + stale.front().found;
        return fail(std::move(summary), std::move(stale));
    }
    if (!storage.resume && !storage.resume.is_absent()) return unknown(storage.resume.error());
    if (undetermined) return unknown("whether the swap devices are there cannot be seen here");
    return pass("swap is named by what stays, and is there");
}

}  // namespace

constinit const Check checks::swap_by_stable_name{
    .id = "linux-swap-stale",
    .title = "Swap and the resume device are there under names that stay",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "Swap in /etc/fstab and RESUME= of the initramfs name what exists on EC2.",
    .why =
        "systemd waits 90 seconds for a swap device that does not come, an initramfs 30 seconds "
        "for "
        "the device to resume from.",
    .source = "fstab(5), initramfs-tools(7)",
    .looks_at = "Swap lines of /etc/fstab; /etc/initramfs-tools/conf.d/resume.",
    .remedy =
        "Name swap by UUID in /etc/fstab; put RESUME=none into "
        "/etc/initramfs-tools/conf.d/resume and rebuild the initramfs.",
    .evaluate = evaluate,
};

}  // namespace guestprep
