// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/initramfs_rebuild.h"
#include "agent/facts/network_edits.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

const char* const kDevices = "/etc/lvm/devices/system.devices";

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    ChangeSet set;
    if (facts.volume_managers.devices_file_off) return set;
    const auto& listed = facts.volume_managers.listed_devices;
    if (!listed && !listed.is_absent()) return std::unexpected(listed.error());
    if (listed) {
        const GuestPath path(kDevices);
        const auto text = source_of(facts, path);
        if (!text) return std::unexpected(text.error());
        set.changes.emplace_back(FileEdit{.path = path, .before = *text, .after = {}});
    }
    const auto& kernel = facts.boot.kernel;
    if (kernel && kernel->initramfs && kernel->initramfs->has_lvm_devices_file) {
        auto command = rebuild_initramfs(facts);
        if (!command) return std::unexpected(command.error());
        set.changes.emplace_back(std::move(*command));
    }
    return set;
}

}  // namespace

constinit const Fixer fixers::forget_lvm_devices{
    .id = "linux-lvm-devices-file",
    .title = "Let LVM look at every disk",
    .platform = Platform::linux_guest,
    .kind = FixKind::opt_in,
    .changes =
        "Removes /etc/lvm/devices/system.devices, and rebuilds the initramfs where the file is in "
        "it.",
    .leaves = "Filters in lvm.conf; the volumes themselves.",
    .plan = plan,
};

}  // namespace guestprep
