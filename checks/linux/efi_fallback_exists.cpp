// SPDX-License-Identifier: Apache-2.0
//
// Requirement: a UEFI system has a loader at EFI/BOOT/BOOTX64.EFI.
// Why:         EC2's firmware has no memory of the source's boot entries and starts only this one.
// Source:      present guide, Boot modes; catalogue boot-uefi-fallback.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"debian", Severity::advice, "Debian, for which the import makes the loader itself"}};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& firmware = facts.os.firmware;
    if (firmware && *firmware == Firmware::bios) return not_applicable("boots by BIOS");
    const auto& fallback = facts.boot.efi_fallback;
    if (fallback) return pass(*fallback);
    if (!firmware) return unknown(firmware.error());
    const bool missing = fallback.is_absent() || fallback.error().code == Errc::bad_syntax;
    if (!missing) return unknown(fallback.error());
    auto finding = fail("EC2's firmware will find no boot loader",
                        {{"EFI/BOOT/BOOTX64.EFI", fallback.why(), "shim or GRUB"}});
    const auto& os = facts.os.distribution;
    return os && os->id == "debian" ? std::move(finding).as("debian") : finding;
}

}  // namespace

constinit const Check checks::efi_fallback_exists{
    .id = "boot-uefi-fallback",
    .title = "UEFI finds a loader without boot entries",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "The EFI system partition must hold the fallback loader EFI/BOOT/BOOTX64.EFI.",
    .why =
        "Boot entries live in the source machine's NVRAM and do not come along; only the "
        "fallback is tried.",
    .source = "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at = "The EFI system partition where it is mounted, or /boot/efi, /efi and /boot.",
    .import_effect = "On Debian AWS makes it out of grubx64.efi.",
    .remedy =
        "Copy the distribution's shim and GRUB to EFI/BOOT (shimx64.efi as BOOTX64.EFI, "
        "grubx64.efi beside it), or run grub-install --removable.",
    .evaluate = evaluate,
};

}  // namespace guestprep
