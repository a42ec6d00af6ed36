// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the machine has one operating system.
// Why:         dual boot is not supported; AWS finds two systems or the wrong one.
// Source:      present guide, limitations.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"menu-only", Severity::warning, "The menu names another system, no volume of one is seen"},
};

/// Written by os-prober, or a chain to another loader that names a system.
bool is_foreign(const BootEntry& entry) {
    if (entry.id.starts_with("osprober-")) return true;
    if (!entry.chainloads) return false;
    // Entries of the machine's own firmware and of a live medium do not count.
    const auto title = lowercase(entry.title);
    return !contains(title, "firmware") && !contains(title, "network") &&
           !contains(title, "memtest") && !contains(title, "cd") && !contains(title, "local");
}

bool holds_windows(const BlockDevice& device) {
    return device.type == "ntfs" && !device.removable &&
           (device.active || device.partition_type == "0x7" ||
            device.partition_type == "ebd0a0a2-b9e5-4433-87c0-68b6b72699c7");
}

Finding judge_windows(const Fact<BootStore>& store) {
    if (!store) return unknown(store.error());
    std::vector<Evidence> offered;
    std::vector<std::string> systems;
    for (const auto& loader : store->loaders) {
        const bool is_shown =
            loader.id == store->default_loader ||
            std::ranges::find(store->display_order, loader.id) != store->display_order.end();
        // Several lines of boot.ini may start the same Windows in different ways.
        const bool is_again =
            store->is_boot_ini && std::ranges::any_of(systems, [&](const std::string& path) {
                return equal_ignoring_case(path, loader.path);
            });
        if (is_shown && !loader.is_recovery && !is_again) systems.push_back(loader.path);
        if (is_shown && !loader.is_recovery && !is_again)
            offered.push_back({loader.where, shown(loader.description), "one Windows loader"});
    }
    if (offered.size() > 1) {
        auto summary = "the boot menu offers " + std::to_string(offered.size()) + " systems";
        return fail(std::move(summary), std::move(offered));
    }
    if (offered.empty()) return unknown(store->where + " names no Windows loader");
    return pass("the boot menu offers one system");
}

Finding evaluate(const Facts& facts, const Profile&) {
    if (facts.platform == Platform::windows_guest)
        return judge_windows(facts.of_windows().boot.store);
    const auto& boot = facts.boot;
    std::vector<Evidence> entries;
    for (const auto& entry : boot.entries)
        if (is_foreign(entry))
            entries.push_back({entry.where, entry.title, "entries of this system only"});
    std::vector<Evidence> volumes;
    if (facts.storage.devices)
        for (const auto& device : *facts.storage.devices)
            if (holds_windows(device) && (device.active || !entries.empty()))
                volumes.push_back({device.names.front(), device.active ? "NTFS, active" : "NTFS",
                                   "no volume of another system"});
    if (!volumes.empty() ||
        (!entries.empty() && entries.front().found.find("Windows") != std::string::npos)) {
        auto seen = std::move(entries);
        seen.insert(seen.end(), volumes.begin(), volumes.end());
        auto summary = "another operating system is installed: " + seen.front().found;
        return fail(std::move(summary), std::move(seen));
    }
    if (!entries.empty()) {
        auto summary = "the boot menu has another system: " + entries.front().found;
        return fail(std::move(summary), std::move(entries)).as("menu-only");
    }
    if (!boot.default_boot) return unknown(boot.default_boot.error());
    if (!facts.storage.devices) return unknown(facts.storage.devices.error());
    return pass("neither the boot menu nor a disk has another system");
}

}  // namespace

constinit const Check checks::boots_one_system{
    .id = "multi-boot-unsupported",
    .title = "One operating system is installed",
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "Machines with more than one operating system are not supported.",
    .why =
        "The import inspects and changes one system. With two it stops, or changes the wrong one.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/limitations-image-importing.html",
    .looks_at =
        "Entries of the boot menu that chain to another loader or come from os-prober; NTFS "
        "partitions. On Windows the loaders in the display order of the boot manager, or the lines "
        "of "
        "boot.ini.",
    .remedy =
        "Export the disks of one system only, remove the other system's partitions, and write the "
        "menu anew without os-prober (GRUB_DISABLE_OS_PROBER=true; on Windows bcdedit /delete).",
    .evaluate = evaluate,
};

}  // namespace guestprep
