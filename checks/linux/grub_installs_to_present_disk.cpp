// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the disk that later updates of GRUB are installed to has a name that stays.
// Why:         an update after the import fails, or installs GRUB nowhere.
// Source:      agent's own rule; grub-install(8), Debian's grub-pc.
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/grub_disks.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& disks = facts.first_boot.grub_disks;
    if (!disks) return unknown(disks.error());
    std::vector<Evidence> stale;
    for (const auto& disk : *disks) {
        if (is_disk_of_this_hardware(disk.text))
            stale.push_back({disk.at, disk.text, "no entry: GRUB then looks at the disks itself"});
        else if (is_missing_disk(facts.storage, disk.text))
            stale.push_back({disk.at, disk.text + ", which is not there", "a disk that is there"});
    }
    const bool names_disks = std::ranges::any_of(
        *disks, [](const ConfigLine& disk) { return disk.text.starts_with("/dev/"); });
    if (stale.empty() && names_disks && !facts.storage.devices)
        return unknown(facts.storage.devices.error());
    if (stale.empty())
        return pass(disks->empty() ? "no list of disks for GRUB is kept"
                                   : "GRUB is told no disk of this machine's hardware");
    auto summary = "an update of GRUB will look for " + stale.front().found;
    return fail(std::move(summary), std::move(stale));
}

}  // namespace

constinit const Check checks::grub_installs_to_present_disk{
    .id = "linux-grub-device-map",
    .title = "Later updates of GRUB find their disk",
    .platform = Platform::linux_guest,
    .severity = Severity::advice,
    .requirement = "device.map and Debian's answer to grub-pc name no disk that is gone after it.",
    .why = "The guest starts, but its next update of GRUB fails, sometimes at a bad moment.",
    .source = "grub-install(8), Debian's package grub-pc",
    .looks_at =
        "(hd0) in /boot/grub/device.map and /boot/grub2/device.map; grub-pc/install_devices in "
        "debconf's database.",
    .remedy =
        "Delete device.map where GRUB 2 is installed; on Debian and Ubuntu run dpkg-reconfigure "
        "grub-pc on the instance.",
    .evaluate = evaluate,
};

}  // namespace guestprep
