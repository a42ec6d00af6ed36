// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The trial boot of the import must start Windows.
// Why:         Safe mode has no network driver of AWS; recovery waits at the console.
// Source:      https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-
//              troubleshooting.html
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"once", Severity::warning, "Something else is done once at the next start"},
    {"dirty", Severity::warning, "A check of a volume is due"},
};
constexpr std::string_view kUsual = "autocheck autochk *";

/// Volumes whose file system is marked for a check; where that is not known there is no mark.
std::vector<Evidence> dirty_volumes(const StorageFacts& storage) {
    std::vector<Evidence> dirty;
    if (storage.devices)
        for (const auto& device : *storage.devices)
            if (device.check.is_known && !device.check.is_clean && !device.removable)
                dirty.push_back({device.names.empty() ? device.kernel_name : device.names.front(),
                                 "marked as not clean", "clean"});
    return dirty;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& boot = facts.of_windows().boot;
    std::vector<Evidence> stop, once;
    if (boot.store)
        if (const auto* loader = boot.store->default_entry()) {
            if (loader->safe_boot)
                stop.push_back({loader->where, "safeboot = " + std::to_string(*loader->safe_boot),
                                "an ordinary start"});
            if (loader->is_recovery)
                stop.push_back(
                    {loader->where, shown(loader->description) + " is the default", "Windows"});
        }
    if (boot.store)
        for (const auto& id : boot.store->one_time_sequence)
            once.push_back(
                {below(keys::kBootStore, "{bootmgr}"), "bootsequence " + shown(id), "none"});
    if (boot.boot_execute)
        for (const auto& line : *boot.boot_execute)
            if (!equal_ignoring_case(trimmed(line), kUsual))
                once.push_back({value_at(keys::kSessionManager, "BootExecute"), shown(line),
                                std::string(kUsual)});
    if (!stop.empty()) return fail("the next start does not lead into Windows", std::move(stop));
    if (!once.empty()) {
        auto summary = "the next start does something else first: " + once.front().found;
        return fail(std::move(summary), std::move(once)).as("once");
    }
    if (!boot.store) return unknown(boot.store.error());
    if (boot.store->default_entry() == nullptr)
        return unknown("the default entry of " + boot.store->where + " leads to no Windows loader");
    if (!boot.boot_execute && !boot.boot_execute.is_absent())
        return unknown(boot.boot_execute.error());
    if (auto dirty = dirty_volumes(facts.storage); !dirty.empty()) {
        auto summary = "a check of " + dirty.front().where + " is due";
        return fail(std::move(summary), std::move(dirty)).as("dirty");
    }
    return pass("the default entry starts Windows");
}

}  // namespace

constinit const Check checks::boots_into_windows_itself{
    .id = "win-recovery-boot",
    .title = "The next start is an ordinary one",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "The trial boot of the import must start Windows.",
    .why = "Safe mode has no network driver of AWS; recovery waits at the console.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "safeboot and the kind of the default loader, bootsequence of the boot manager (boot.ini "
        "of "
        "Server 2003), BootExecute, and the mark of NTFS volumes that a check is due.",
    .remedy =
        "bcdedit /deletevalue {default} safeboot; let a disk check that is due run before the "
        "export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
