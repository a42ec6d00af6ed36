// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Volumes that are encrypted inside the guest cannot be imported.
// Why:         Nobody can enter the key at the console, and AWS cannot edit the volume.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-
//              importing.html
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

struct Product {
    std::string_view service, name;
};
constexpr Product kProducts[] = {{"veracrypt", "VeraCrypt"},
                                 {"truecrypt", "TrueCrypt"},
                                 {"MfeEpePc", "McAfee Drive Encryption"},
                                 {"Prot_2k", "Check Point"},
                                 {"dlpwpnt", "DESlock"},
                                 {"PGPwded", "Symantec"},
                                 {"eedDiskEncryptionDriver", "Symantec"},
                                 {"SafeBoot", "SafeBoot"}};

/// A volume of which nothing tells whether it is encrypted. Of the system drive the registry does.
bool is_hidden(const BlockDevice& device, const WindowsFacts& windows) {
    if (device.encrypted != Truth::unknown || device.removable ||
        (device.kind != DeviceKind::partition && device.kind != DeviceKind::mapper &&
         device.kind != DeviceKind::disk))
        return false;
    // A disk is asked by its partitions, where there are any to ask.
    if (device.kind == DeviceKind::disk) return !device.unread.empty();
    const bool is_system =
        std::ranges::find(device.names, system_drive(windows.system)) != device.names.end();
    return !is_system || windows.boot.bitlocker != 0U;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    std::vector<Evidence> seen;
    if (facts.storage.devices)
        for (const auto& device : *facts.storage.devices)
            if (device.encrypted == Truth::yes || equal_ignoring_case(device.type, "BitLocker"))
                seen.push_back({device.names.empty() ? device.kernel_name : device.names.front(),
                                "BitLocker", "a volume in the clear"});
    if (windows.boot.bitlocker && *windows.boot.bitlocker != 0)
        seen.push_back({value_at(below(keys::kControl, "BitLockerStatus"), "BootStatus"),
                        std::to_string(*windows.boot.bitlocker), "0"});
    for (const auto& [name, product] : kProducts)
        if (const auto* service = service_called(windows.system, name);
            service != nullptr && service->start == 0U)
            seen.push_back(
                start_evidence(*service, "decrypted, and " + std::string(product) + " removed"));
    if (!seen.empty()) return fail("a volume is encrypted in the guest", std::move(seen));
    if (!windows.system.services) return unknown(windows.system.services.error());
    if (!facts.storage.devices)
        return windows.boot.bitlocker == 0U
                   ? pass("the system drive is not encrypted")
                   : unknown("disks cannot be seen here, and the registry does not tell");
    for (const auto& device : *facts.storage.devices)
        if (is_hidden(device, windows))
            return unknown("whether " + device.kernel_name +
                           " is encrypted cannot be told: its first sector could not be read");
    return pass("no volume is encrypted");
}

}  // namespace

constinit const Check checks::system_drive_is_not_encrypted{
    .id = "win-bitlocker",
    .title = "No volume is encrypted in the guest",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement = "Volumes that are encrypted inside the guest cannot be imported.",
    .why = "Nobody can enter the key at the console, and AWS cannot edit the volume.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "BootStatus below Control\\BitLockerStatus, boot drivers of VeraCrypt, TrueCrypt and other "
        "products, the first sector of volumes where disks can be seen.",
    .remedy = "Decrypt the volumes (manage-bde -off C:) and wait until that is done.",
    .evaluate = evaluate,
};

}  // namespace guestprep
