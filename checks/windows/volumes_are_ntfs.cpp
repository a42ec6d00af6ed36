// SPDX-License-Identifier: Apache-2.0
//
// Requirement: volumes to import are NTFS.
// Why:         AWS edits the system volume as NTFS; others are refused or stay unread.
// Source:      2018 document, Volume Types and File Systems.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"system", Severity::blocker, "The volume that holds Windows is not NTFS"},
};

bool holds_files(const BlockDevice& device) {
    return device.kind != DeviceKind::rom && !device.removable && device.usage == "filesystem" &&
           !device.type.empty();
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& devices = facts.storage.devices;
    if (!devices) return unknown(devices.error());
    std::vector<Evidence> others, unread;
    bool is_system = false;
    for (const auto& device : *devices) {
        // What is not read may be anything; a disk as a whole has no file system of its own.
        if (device.kind != DeviceKind::rom && device.kind != DeviceKind::disk &&
            !device.unread.empty())
            unread.push_back({device.kernel_name, shown(device.unread), "NTFS"});
        if (!holds_files(device) || equal_ignoring_case(device.type, "ntfs") || is_esp(device))
            continue;
        const auto* root = mount_at(facts.storage, "/");
        is_system = is_system || (root != nullptr && root->number == device.number);
        others.push_back({device.kernel_name, shown(device.type), "NTFS"});
    }
    if (!others.empty()) {
        auto summary = others.front().where + " is " + others.front().found;
        auto finding = fail(std::move(summary), std::move(others));
        return is_system ? std::move(finding).as("system") : finding;
    }
    if (!unread.empty()) {
        auto summary = "the file system of " + unread.front().where + " cannot be told";
        return unknown(std::move(summary)).with(std::move(unread));
    }
    return pass("every volume is NTFS");
}

}  // namespace

constinit const Check checks::volumes_are_ntfs{
    .id = "win-fs-ntfs",
    .title = "Windows volumes are NTFS",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "Volumes to import must be NTFS.",
    .why = "AWS edits the system volume as NTFS; others are refused or stay unread.",
    .source = "2018 document, Volume Types and File Systems",
    .looks_at = "The file system of every fixed volume, but for the EFI system partition.",
    .remedy =
        "Move the data to an NTFS volume (convert.exe makes one of FAT32), or leave the disk out.",
    .evaluate = evaluate,
};

}  // namespace guestprep
