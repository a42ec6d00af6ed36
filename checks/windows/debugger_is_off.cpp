// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The kernel should not wait for a debugger.
// Why:         A debugger on the serial port takes it from EC2's console output.
// Source:      General knowledge of Windows.
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& store = facts.of_windows().boot.store;
    if (!store) return unknown(store.error());
    const auto* loader = store->default_entry();
    if (loader == nullptr)
        return unknown("the default entry of " + store->where + " leads to no Windows loader");
    if (loader->has_debugger)
        return fail(
            "a debugger is on",
            {{loader->where, store->is_boot_ini ? "/debug" : "debug or bootdebug Yes", "off"}});
    return pass("the kernel debugger is off");
}

}  // namespace

constinit const Check checks::debugger_is_off{
    .id = "win-kernel-debug",
    .title = "The kernel debugger is off",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement = "The kernel should not wait for a debugger.",
    .why = "A debugger on the serial port takes it from EC2's console output.",
    .source = "General knowledge of Windows.",
    .looks_at =
        "debug and bootdebug of the default loader and bootdebug of the boot manager in the boot "
        "configuration store; /debug in boot.ini.",
    .remedy =
        "bcdedit /debug off, bcdedit /bootdebug off, bcdedit /bootdebug {bootmgr} off; on Server "
        "2003 take /debug out of boot.ini.",
    .evaluate = evaluate,
};

}  // namespace guestprep
