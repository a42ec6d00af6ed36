// SPDX-License-Identifier: Apache-2.0
//
// Requirement: the next boot checks no file system at length.
// Why:         the trial boot of the import has a time limit.
// Source:      AWS support's instance checker; tune2fs(8), systemd-fsck(8).
#include <algorithm>
#include <optional>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "agent/formats/kernel_command_line.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// The first boots may come this long after the audit. Seconds.
constexpr std::uint64_t kMargin = std::uint64_t{15} * 24 * 3600;

std::string due_because(const CheckState& check, std::uint64_t now, bool mounted) {
    if (check.has_errors) return "errors are noted in it";
    if (!mounted && !check.is_clean) return "it was not unmounted in order";
    if (check.most_mounts != 0 && check.mounts + 1 >= check.most_mounts)
        return "mounted " + std::to_string(check.mounts) + " times of " +
               std::to_string(check.most_mounts);
    if (check.check_interval != 0 && check.last_check + check.check_interval < now + kMargin)
        return "its interval of " + std::to_string(check.check_interval / 86400) + " days is over";
    return {};
}

bool is_checked_at_boot(const FstabEntry& entry) {
    return entry.type.starts_with("ext") || entry.type == "auto"
               ? to_number(entry.pass).value_or(0) != 0 && !entry.is_on_demand()
               : false;
}

Evidence due_evidence(const FstabEntry& entry, const std::string& why) {
    return {at_line("/etc/fstab", entry.line), entry.mount_point + ": " + why,
            "checked before the last shutdown"};
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& storage = facts.storage;
    std::vector<Evidence> due;
    if (const auto& flag = facts.first_boot.forced_check; flag.is_set())
        due.push_back({flag.at, flag.text, "no such file"});
    if (const auto* entry = facts.boot.default_entry())
        if (kernel_argument(entry->command_line, "fsck.mode") == "force" ||
            kernel_argument(entry->command_line, "forcefsck"))
            due.push_back({entry->command_line_where, "a check is forced at each boot",
                           "without fsck.mode=force"});
    if (!storage.fstab) return unknown(storage.fstab.error());
    std::string open;
    for (const auto& entry : storage.fstab->entries) {
        if (!is_checked_at_boot(entry)) continue;
        const auto devices = devices_named(storage, entry.spec);
        if (!storage.devices || devices.empty() || !devices.front()->check.is_known) {
            open = entry.mount_point + ": its superblock could not be read";
            continue;
        }
        const bool mounted = mount_at(storage, entry.mount_point) != nullptr;
        if (auto why = due_because(devices.front()->check, storage.seen_at, mounted); !why.empty())
            due.push_back(due_evidence(entry, why));
    }
    if (!due.empty()) {
        auto summary = "the next boot checks file systems: " + due.front().found;
        return fail(std::move(summary), std::move(due));
    }
    if (!open.empty()) return unknown(storage.devices ? open : storage.devices.why());
    return pass("no check of a file system is due at the next boots");
}

}  // namespace

constinit const Check checks::no_check_is_due{
    .id = "linux-fsck-age",
    .title = "No long check of a file system is due",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "ext file systems need no full check during the next boots.",
    .why =
        "A full check of a large disk takes longer than the import's trial boot may; one that "
        "finds errors waits for somebody at the console.",
    .source = "AWS support's VM import instance checker; tune2fs(8)",
    .looks_at =
        "Mount count, interval, errors in the superblocks of what /etc/fstab has checked; "
        "/forcefsck, fsck.mode= on the kernel command line.",
    .remedy =
        "Let the check run now (touch /forcefsck and restart), or switch it off: tune2fs -c 0 "
        "-i 0 DEVICE.",
    .evaluate = evaluate,
};

}  // namespace guestprep
