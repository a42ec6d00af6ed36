// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the machine boots by firmware that the import supports.
// Why:         until 2024 the import knew only BIOS; now the boot mode may be given.
// Source:      2018 document, Limitations; present guide, Boot modes.
#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile& profile) {
    const auto& firmware = facts.os.firmware;
    if (profile.uefi_boot) {
        if (!firmware) return not_applicable("BIOS and UEFI are both supported");
        return *firmware == Firmware::uefi ? pass("boots by UEFI: import with --boot-mode uefi")
                                           : pass("boots by BIOS");
    }
    if (!firmware) return unknown(firmware.error());
    if (*firmware == Firmware::bios) return pass("boots by BIOS");
    const auto where = facts.running ? "/sys/firmware/efi" : "the installed boot loader";
    return fail("boots by UEFI, which is not supported", {{where, "UEFI", "BIOS"}});
}

}  // namespace

constinit const Check checks::firmware_is_supported{
    .id = "boot-uefi",
    .title = "The firmware's boot mode is supported",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .requirement =
        "In 2018 only BIOS machines with an MBR could be imported; today UEFI is "
        "supported as well.",
    .why = "The image starts under the other kind of firmware and finds no boot loader.",
    .source =
        "2018 document, Limitations; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prerequisites.html",
    .looks_at = "/sys/firmware/efi; under --root the boot loaders that are installed.",
    .import_error = "EFI partition detected. UEFI booting is not supported in EC2.",
    .remedy =
        "Import under the present rules with --boot-mode uefi; or rebuild the machine with "
        "BIOS firmware and an MBR boot disk.",
    .evaluate = evaluate,
};

}  // namespace guestprep
