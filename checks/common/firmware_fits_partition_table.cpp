// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the boot disk's partition table is the one that its firmware starts from.
// Why:         BIOS starts from a GPT only with a BIOS boot partition; UEFI from an MBR unreliably.
// Source:      AWS's BYOLChecker; MGN requirements; VM Import troubleshooting.
#include <algorithm>

#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kCovers[] = {"uefi-not-supported-old"};
constexpr Variant kVariants[] = {
    {"windows", Severity::blocker, "Windows does not start from such a disk"},
    {"bios-boot", Severity::advice, "BIOS and GPT, with a BIOS boot partition for GRUB"},
    {"esp", Severity::advice, "BIOS, and an EFI system partition on the boot disk"},
};
constexpr std::string_view kBiosBoot = "21686148-6449-6e6f-744e-656564454649";

struct Disk {
    bool bios_boot = false, esp = false;
};

Disk look_at(const StorageFacts& storage, const BlockDevice& disk) {
    Disk out;
    for (const auto& part : *storage.devices) {
        if (part.disk != disk.kernel_name) continue;
        out.bios_boot = out.bios_boot || part.partition_type == kBiosBoot;
        out.esp = out.esp || is_esp(part);
    }
    return out;
}

Finding judge(const Facts& facts, const BlockDevice& disk, Firmware firmware) {
    const bool bios = firmware == Firmware::bios;
    const auto parts = look_at(facts.storage, disk);
    const auto where = disk.names.front();
    if (disk.table == (bios ? "gpt" : "dos")) {
        auto finding =
            bios ? fail("the machine boots by BIOS from a GPT disk",
                        {{where,
                          parts.bios_boot ? "GPT, with a BIOS boot partition"
                                          : "GPT, no BIOS boot partition",
                          "MBR, or GPT with a BIOS boot partition"}})
                 : fail("the machine boots by UEFI from an MBR disk", {{where, "MBR", "GPT"}});
        if (facts.platform == Platform::windows_guest) return std::move(finding).as("windows");
        return bios && parts.bios_boot ? std::move(finding).as("bios-boot") : finding;
    }
    if (bios && parts.esp)
        return fail("the boot disk has an EFI system partition, and the machine boots by BIOS",
                    {{where, "an EFI system partition", "import with --boot-mode legacy-bios"}})
            .as("esp");
    return pass(where + " fits the firmware");
}

Finding evaluate(const Facts& facts, const Profile&) {
    if (!facts.os.firmware) return unknown(facts.os.firmware.error());
    const auto disks = boot_disks(facts.storage);
    if (!disks) return unknown(disks.error());
    auto worst = unknown("the boot disk is not known");
    for (const auto* disk : *disks) {
        if (!disk->unread.empty()) return unknown(disk->names.front() + ": " + disk->unread);
        worst = judge(facts, *disk, *facts.os.firmware);
        if (worst.status == Status::fail) return worst;
    }
    return worst;
}

}  // namespace

constinit const Check checks::firmware_fits_partition_table{
    .id = "boot-mode-ptable-mismatch",
    .covers = kCovers,
    .title = "The boot disk's partition table fits the firmware",
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "BIOS with an MBR (or a GPT with a BIOS boot partition), UEFI with a GPT.",
    .why = "Under the other pair the image has no loader that the instance's firmware would start.",
    .source =
        "https://docs.aws.amazon.com/mgn/latest/ug/installation-requirements.html; AWS "
        "BYOLChecker",
    .looks_at = "The firmware that booted the machine; the boot disk's partition table.",
    .import_error = "EFI partition detected. UEFI booting is not supported in EC2.",
    .remedy =
        "Pass --boot-mode as the machine boots now, and keep GRUB for BIOS "
        "(grub2-pc-modules, grub-pc-bin) installed where a GPT disk boots by BIOS.",
    .evaluate = evaluate,
};

}  // namespace guestprep
