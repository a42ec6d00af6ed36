// SPDX-License-Identifier: Apache-2.0
//
// Requirement: no volume is encrypted inside the guest.
// Why:         the import can neither read nor boot it.
// Source:      present guide, limitations.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/formats/kernel_command_line.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"linux-luks"};
constexpr Variant kVariants[] = {
    {"swap", Severity::warning, "Only swap is encrypted, with a key that is new at each boot"},
};

bool is_encrypted(const BlockDevice& device) {
    return device.encrypted == Truth::yes || device.usage == "crypto" ||
           device.type == "crypto_LUKS" || device.type == "BitLocker" ||
           (device.mapper_uuid.starts_with("CRYPT-") &&
            !device.mapper_uuid.starts_with("CRYPT-PLAIN-"));
}

struct Seen {
    std::vector<Evidence> data, swap;
};

void look_at_crypttab(const StorageFacts& storage, Seen& seen) {
    if (!storage.crypttab) return;
    for (const auto& entry : *storage.crypttab)
        (entry.has_random_key() ? seen.swap : seen.data)
            .push_back({at_line("/etc/crypttab", entry.line), entry.shown(), "no such line"});
}

/// What is mounted, partitioned or a volume group's as it stands is not encrypted itself.
bool is_used_in_clear(const StorageFacts& storage, const BlockDevice& device) {
    if (storage.mounts &&
        std::ranges::find(*storage.mounts, device.number, &Mount::number) != storage.mounts->end())
        return true;
    return std::ranges::any_of(*storage.devices, [&](const BlockDevice& other) {
        return other.disk == device.kernel_name ||
               (other.mapper_uuid.starts_with("LVM-") &&
                std::ranges::find(other.slaves, device.kernel_name) != other.slaves.end());
    });
}

/// The initramfs opens what the command line names: the one sign that a copy of files has.
void look_at_command_line(const BootFacts& boot, Seen& seen) {
    const auto* entry = boot.default_entry();
    if (entry == nullptr) return;
    for (const auto* name : {"rd.luks.uuid", "rd.luks.name", "rd_LUKS_UUID", "cryptdevice"})
        if (const auto value = kernel_argument(entry->command_line, name))
            seen.data.push_back({entry->command_line_where, std::string(name) + "=" + *value,
                                 "a root that is not encrypted"});
}

/// Windows shows an unlocked volume as if it were in the clear; only its first sector tells.
bool may_hide_encryption(const Facts& facts, const BlockDevice& device) {
    return facts.platform == Platform::windows_guest && device.encrypted == Truth::unknown &&
           (device.kind == DeviceKind::partition || device.kind == DeviceKind::mapper) &&
           !device.removable;
}

/// False where some content could not be read.
bool look_at_devices(const Facts& facts, Seen& seen) {
    const auto& storage = facts.storage;
    bool all_read = true;
    for (const auto& device : *storage.devices) {
        if (is_encrypted(device))
            seen.data.push_back({device.names.front(),
                                 device.encrypted == Truth::yes ? "BitLocker"
                                 : device.type.empty()          ? device.mapper_uuid
                                                                : device.type,
                                 "not encrypted"});
        else if (device.mapper_uuid.starts_with("CRYPT-PLAIN-"))
            seen.swap.push_back({device.names.back(), "plain dm-crypt", "not encrypted"});
        const bool has_content = device.kind == DeviceKind::disk ||
                                 device.kind == DeviceKind::partition ||
                                 device.kind == DeviceKind::mapper || device.kind == DeviceKind::md;
        if (has_content && device.size != 0 && !device.removable && !device.unread.empty() &&
            !is_used_in_clear(storage, device))
            all_read = false;
        if (may_hide_encryption(facts, device)) all_read = false;
    }
    return all_read;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    Seen seen;
    look_at_crypttab(storage, seen);
    if (!storage.devices) look_at_command_line(facts.boot, seen);
    const bool all_read = storage.devices && look_at_devices(facts, seen);
    if (!seen.data.empty()) {
        auto summary = "encrypted in the guest: " + seen.data.front().found;
        return fail(std::move(summary), std::move(seen.data));
    }
    if (!storage.devices) return unknown(storage.devices.error());
    if (!all_read) return unknown("the content of some disks could not be read");
    if (!storage.crypttab) return unknown(storage.crypttab.error());
    if (seen.swap.empty()) return pass("no volume is encrypted");
    auto summary = "encrypted with a key that is new at each boot: " + seen.swap.front().found;
    return fail(std::move(summary), std::move(seen.swap)).as("swap");
}

}  // namespace

constinit const Check checks::volumes_not_encrypted{
    .id = "guest-encrypted-volume",
    .covers = kCovers,
    .title = "No volume is encrypted inside the guest",
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "Volumes that the guest encrypts (LUKS, dm-crypt, BitLocker, ...) cannot be imported. EBS "
        "can "
        "encrypt the imported volumes instead.",
    .why = "The import cannot read such a disk, and nobody can type a passphrase at boot.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "/etc/crypttab, the IDs of device mapper devices, superblocks of all devices; without "
        "devices the kernel command line.",
    .remedy =
        "Decrypt the volumes, or copy the system to volumes without encryption; import with "
        "--encrypted to have them encrypted by EBS.",
    .evaluate = evaluate,
};

}  // namespace guestprep
