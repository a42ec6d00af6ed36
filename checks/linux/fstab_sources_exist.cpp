// SPDX-License-Identifier: Apache-2.0
//
// Requirement: what /etc/fstab mounts at boot is there.
// Why:         systemd waits 90 s for a missing device and then drops to emergency mode.
// Source:      2018 document, "Programmatic Modifications to VMs"; EC2 instance troubleshooting.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"root", Severity::warning, "Only the line of / names a device that is not there"},
    {"swap", Severity::warning, "Only swap is missing: the boot is delayed"},
    {"skipped", Severity::warning, "Only mounts are missing whose failure does not stop the boot"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    if (auto finding = finding_without_fstab(facts.storage)) return std::move(*finding);
    std::vector<Evidence> missing;
    std::vector<Evidence> unseen;
    auto worst = AtBoot::untouched;
    auto worst_unseen = AtBoot::untouched;
    for (const auto& entry : facts.storage.fstab->entries) {
        const auto effect = when_missing(entry, facts.os.init);
        if (effect == AtBoot::untouched) continue;
        const auto presence = presence_of(entry, facts.storage);
        if (presence == Presence::missing) {
            missing.push_back(fstab_evidence(entry, "something that is there, or nofail"));
            worst = std::max(worst, effect);
        } else if (presence == Presence::undetermined) {
            unseen.push_back(fstab_evidence(entry, ""));
            worst_unseen = std::max(worst_unseen, effect);
        }
    }
    if (worst_unseen > worst || (missing.empty() && !unseen.empty()))
        return unknown("whether " + unseen.front().found + " is there cannot be seen here" +
                       (facts.storage.devices ? "" : ": " + facts.storage.devices.why()))
            .with(std::move(unseen))
            .as(effect_variant(worst_unseen, "skipped"));
    if (missing.empty()) return pass("all that /etc/fstab mounts at boot is there");
    auto summary = "not there: " + missing.front().found;
    return fail(std::move(summary), std::move(missing)).as(effect_variant(worst, "skipped"));
}

}  // namespace

constinit const Check checks::fstab_sources_exist{
    .id = "linux-fstab-stale",
    .title = "Everything that /etc/fstab mounts at boot is there",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "Lines of /etc/fstab that name devices which do not exist are corrected, removed, or "
        "marked "
        "nofail.",
    .why =
        "systemd waits 90 seconds for a missing device and then stops in emergency mode; older "
        "systems stop in the fsck shell. Nobody can log in over the network there.",
    .source = "2018 document, Programmatic Modifications to VMs; catalogue A.10 and C.3",
    .looks_at =
        "/etc/fstab against the block devices, their UUIDs and labels; swap files and images "
        "against "
        "the file system. Lines with noauto or nofail are left alone.",
    .import_effect = "AWS comments out lines that it finds invalid.",
    .remedy =
        "Correct or remove these lines of /etc/fstab, or add nofail (with systemd also "
        "x-systemd.device-timeout=10) where the mount may be missing.",
    .evaluate = evaluate,
};

}  // namespace guestprep
