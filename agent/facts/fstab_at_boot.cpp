// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/fstab_at_boot.h"

#include "agent/core/text.h"

namespace guestprep {

AtBoot when_missing(const FstabEntry& entry, InitSystem init) {
    // nobootwait: mountall of Ubuntu 10.04 to 14.10. _netdev: mounted after the network, where a
    // failure stops neither systemd nor the old netfs script.
    if (entry.kind == SpecKind::pseudo || entry.is_on_demand() || entry.has_option("nofail") ||
        entry.has_option("nobootwait"))
        return AtBoot::untouched;
    if (entry.is_swap()) return AtBoot::no_swap;
    if (entry.has_option("_netdev") || entry.is_network()) return AtBoot::skipped;
    const bool is_checked = !entry.pass.empty() && entry.pass != "0";
    // Seen on a real machine: with root=UUID= on the kernel's line systemd mounts that root
    // whatever fstab calls it. Older boot scripts run fsck on the name in fstab.
    if (entry.mount_point == "/")
        return init == InitSystem::systemd || !is_checked ? AtBoot::same_root : AtBoot::stopped;
    // The old scripts stop for fsck only: a failing "mount -a" is a message to them.
    if ((init == InitSystem::sysv || init == InitSystem::openrc) && !is_checked)
        return AtBoot::skipped;
    return AtBoot::stopped;
}

Evidence fstab_evidence(const FstabEntry& entry, std::string expected) {
    return {at_line("/etc/fstab", entry.line), entry.shown(), std::move(expected)};
}

std::optional<Finding> finding_without_fstab(const StorageFacts& storage) {
    if (storage.fstab) return std::nullopt;
    if (storage.fstab.is_absent()) return not_applicable("there is no /etc/fstab");
    return unknown(storage.fstab.error());
}

std::string unique_uuid(const StorageFacts& storage, std::string_view spec) {
    const auto named = devices_named(storage, spec);
    if (named.size() != 1 || named.front()->uuid.empty()) return {};
    auto tag = "UUID=" + named.front()->uuid;
    return devices_named(storage, tag).size() == 1 ? tag : std::string();
}

}  // namespace guestprep
