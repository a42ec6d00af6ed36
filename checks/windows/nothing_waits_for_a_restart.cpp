// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Make sure that the computer is not set to install software when it restarts.
// Why:         The first boot in EC2 would install, restart, and not answer in time.
// Source:      2018 document, Windows; present guide, Prepare your VM.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"renames", Severity::warning, "Only files wait to be renamed or deleted"},
};

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto& pending = windows.software.pending;
    std::vector<Evidence> work, renames;
    if (pending)
        for (const auto& one : *pending)
            (one.what == "rename" ? renames : work)
                .push_back({one.where, one.what + " is pending", "no such key or value"});
    const auto& system = windows.system;
    if (system.computer_name && system.active_computer_name &&
        !equal_ignoring_case(*system.computer_name, *system.active_computer_name))
        work.push_back(
            {below(keys::kControl, "ComputerName"),
             shown(*system.active_computer_name) + " becomes " + shown(*system.computer_name),
             "one name"});
    if (!work.empty()) {
        auto summary = "a restart is due: " + work.front().found;
        return fail(std::move(summary), std::move(work));
    }
    if (!pending) return unknown(pending.error());
    for (const auto* name : {&system.computer_name, &system.active_computer_name})
        if (!*name && !name->is_absent()) return unknown(name->error());
    if (!renames.empty())
        return fail("files are to be renamed or deleted at the next start", std::move(renames))
            .as("renames");
    return pass("nothing waits for a restart");
}

}  // namespace

constinit const Check checks::nothing_waits_for_a_restart{
    .id = "win-pending-reboot",
    .title = "Nothing waits for a restart",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "Make sure that the computer is not set to install software when it restarts.",
    .why = "The first boot in EC2 would install, restart, and not answer in time.",
    .source = "2018 document, Windows; present guide, Prepare your VM.",
    .looks_at =
        "Component Based Servicing, Windows Update, UpdateExeVolatile, Installer\\InProgress, "
        "installers in RunOnce, winsxs\\pending.xml, Netlogon JoinDomain, the computer's two "
        "names, "
        "PendingFileRenameOperations.",
    .remedy = "Restart the guest until nothing is left, then shut it down.",
    .evaluate = evaluate,
};

}  // namespace guestprep
