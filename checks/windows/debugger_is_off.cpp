// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The kernel should not wait for a debugger.
// Why:         A debugger on the serial port takes it from EC2's console output.
// Source:      General knowledge of Windows.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& store = facts.of_windows().boot.store;
    if (!store) return unknown(store.error());
    for (const auto& loader : store->loaders)
        if (loader.id == store->default_loader && loader.has_debugger)
            return fail("the kernel debugger is on",
                        {{below(keys::kBootStore, loader.id), "debug Yes", "No"}});
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
    .looks_at = "debug of the default loader in the boot configuration store.",
    .remedy = "bcdedit /debug off",
    .evaluate = evaluate,
};

}  // namespace guestprep
