// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the system starts without UEFI Secure Boot.
// Why:         the instance has none of this machine's keys.
// Source:      catalogue boot-secureboot; MGN requirements.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& state = facts.first_boot.secure_boot;
    if (facts.os.firmware && *facts.os.firmware == Firmware::bios)
        return not_applicable("BIOS firmware has no Secure Boot");
    if (state.is_absent()) return pass("the firmware has no Secure Boot");
    if (!state) return unknown(state.error());
    if (!*state) return pass("Secure Boot is off");
    return fail("Secure Boot is on here, and will be off in the instance",
                {{"UEFI variable SecureBoot", "1", "0"}});
}

}  // namespace

constinit const Check checks::secure_boot_is_off{
    .id = "boot-secureboot",
    .title = "The system does not depend on Secure Boot",
    .severity = Severity::warning,
    .requirement = "An imported image has no Secure Boot keys of its own; MGN refuses it on Linux.",
    .why =
        "Keys that were enrolled here (for modules of one's own, for a disk's key in the TPM) do "
        "not move.",
    .source = "https://docs.aws.amazon.com/mgn/latest/ug/installation-requirements.html",
    .looks_at = "The UEFI variable SecureBoot.",
    .remedy =
        "Switch Secure Boot off in the VM's settings and start it once to see that it boots; "
        "enrol keys in the instance with register-image --uefi-data.",
    .evaluate = evaluate,
};

}  // namespace guestprep
