// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/secondary_mounts.h"

#include <algorithm>

#include "agent/facts/fstab_at_boot.h"

namespace guestprep {
namespace {

bool names_a_disk(const FstabEntry& entry) {
    return entry.kind != SpecKind::pseudo && entry.kind != SpecKind::network &&
           entry.kind != SpecKind::file && !entry.is_optical() && entry.mount_point != "/" &&
           !entry.is_bind() && (entry.kind != SpecKind::other || entry.spec.starts_with("/dev/"));
}

}  // namespace

Result<std::vector<SecondaryMount>> secondary_mounts(const Facts& facts) {
    const auto& storage = facts.storage;
    std::vector<SecondaryMount> out;
    if (!storage.fstab) return out;
    std::vector<const FstabEntry*> needed;
    for (const auto& entry : storage.fstab->entries)
        if (names_a_disk(entry) && when_missing(entry, facts.os.init) != AtBoot::untouched)
            needed.push_back(&entry);
    if (needed.empty()) return out;
    const auto boot = boot_disks(storage);
    if (!boot) return std::unexpected(boot.error());
    for (const auto* entry : needed) {
        DeviceList others;
        for (const auto* device : devices_named(storage, entry->spec))
            for (const auto* disk : disks_below(storage, *device))
                if (std::ranges::find(*boot, disk) == boot->end()) others.push_back(disk);
        if (!others.empty()) out.push_back({entry, std::move(others)});
    }
    return out;
}

}  // namespace guestprep
