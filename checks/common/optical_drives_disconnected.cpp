// SPDX-License-Identifier: Apache-2.0
//
// Requirement: CD and DVD drives are disconnected before the export.
// Why:         the disc's image would be exported with the machine, or the export refused.
// Source:      2018 document, "General".
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"empty-drive", Severity::advice, "A drive is connected; there is no disc in it"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.storage.devices) return unknown(facts.storage.devices.error());
    std::vector<Evidence> loaded;
    std::vector<Evidence> empty;
    std::vector<Evidence> unseen;
    for (const auto& device : *facts.storage.devices) {
        if (device.kind != DeviceKind::rom) continue;
        const auto& name = device.names.front();
        bool is_mounted = false;
        if (facts.storage.mounts)
            for (const auto& mount : *facts.storage.mounts)
                is_mounted = is_mounted || mount.number == device.number;
        if (is_mounted || device.medium == Medium::present)
            loaded.push_back({name, is_mounted ? "a disc, mounted" : "a disc", "no drive"});
        else if (device.medium == Medium::absent)
            empty.push_back({name, "no disc", "no drive"});
        else
            unseen.push_back({name, "a drive", "no drive"});
    }
    if (!loaded.empty()) {
        auto summary = "there is a disc in " + loaded.front().where;
        return fail(std::move(summary), std::move(loaded));
    }
    if (!unseen.empty()) {
        auto summary = "whether there is a disc in " + unseen.front().where + " cannot be told";
        return unknown(std::move(summary)).with(std::move(unseen));
    }
    if (empty.empty()) return pass("there is no CD or DVD drive");
    auto summary = "the drive " + empty.front().where + " is connected and empty";
    return fail(std::move(summary), std::move(empty)).as("empty-drive");
}

}  // namespace

constinit const Check checks::optical_drives_disconnected{
    .id = "cdrom-disconnected",
    .title = "No CD or DVD drive is connected",
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "Disconnect CD and DVD drives, virtual or physical, before the export.",
    .why = "A disc image is exported with the machine, or makes the export or the import fail.",
    .source = "2018 document, General; https://docs.aws.amazon.com/vm-import/latest/userguide/",
    .looks_at =
        "Optical drives in /sys/block and /proc/sys/dev/cdrom/info, the state of the drive "
        "(CDROM_DRIVE_STATUS), mounts.",
    .remedy =
        "Unmount and eject the disc, then remove the drive in the settings of the virtual machine.",
    .evaluate = evaluate,
};

}  // namespace guestprep
