// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The guest must be shut down, not hibernated.
// Why:         Fast Startup leaves the file systems as if Windows were still running: AWS cannot
//              edit them.
// Source:      virt-v2v documentation, Windows; AWS does not name it.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"hibernated", Severity::blocker, "The disk is the one of a hibernated system"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto& fast = windows.boot.fast_startup;
    if (const auto& mark = windows.boot.hibernation_mark;
        mark && (*mark == "hibr" || *mark == "HIBR"))
        return fail("the system is hibernated, not shut down",
                    {{"hiberfil.sys", *mark, "a system that was shut down"}})
            .as("hibernated");
    if (fast && *fast != 0) {
        // Without hibernation Windows does not use it, whatever the value says.
        if (windows.boot.hibernation == 0U)
            return pass("hibernation is off, and Fast Startup with it");
        return fail("Fast Startup is on", {{value_at(keys::kSessionPower, "HiberbootEnabled"),
                                            std::to_string(*fast), "0"}});
    }
    if (!fast && !fast.is_absent()) return unknown(fast.error());
    return pass("Fast Startup is off");
}

}  // namespace

constinit const Check checks::fast_startup_is_off{
    .id = "win-hiberboot",
    .title = "Windows shuts down completely",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .variants = kVariants,
    .requirement = "The guest must be shut down, not hibernated.",
    .why =
        "Fast Startup leaves the file systems as if Windows were still running: AWS cannot edit "
        "them.",
    .source = "virt-v2v documentation, Windows; AWS does not name it.",
    .looks_at = "HiberbootEnabled below Session Manager\\Power.",
    .remedy = "Switch Fast Startup off, and end with shutdown /s /t 0.",
    .evaluate = evaluate,
};

}  // namespace guestprep
