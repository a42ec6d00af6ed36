// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "agent/core/change_set.h"
#include "agent/core/finding.h"
#include "agent/facts/os.h"
#include "agent/facts/storage.h"

namespace guestprep {

/// What the boot does when the source of an fstab line is not there. Graver ones last.
enum class AtBoot : std::uint8_t {
    untouched,  ///< noauto, nofail, nothing on a disk: it never asks for it, or does not mind
    skipped,    ///< the mount fails and the boot goes on
    no_swap,    ///< the boot waits (90 s with systemd) and goes on without that swap
    same_root,  ///< the kernel's root= is what counts: systemd boots all the same
    stopped     ///< emergency mode, or a repair shell on the console
};

/// A name that depends on the hardware: kernel names, links by path and by the disk's own ID.
[[nodiscard]] bool changes_on_other_hardware(const FstabEntry& entry);

/// The same of the kernel's root= and resume=, where LILO's numbers (root=801) may stand too.
[[nodiscard]] bool argument_changes_on_other_hardware(std::string_view spec);

[[nodiscard]] AtBoot when_missing(const FstabEntry& entry, InitSystem init);

/// The variant of a check by the gravest effect among its lines: none where the boot stops, "root",
/// "swap", else `milder`.
[[nodiscard]] std::string effect_variant(AtBoot worst, std::string_view milder);

enum class Presence : std::uint8_t { there, missing, undetermined };

/// Whether what a line mounts will be there: found now, and not an optical disc. Network mounts,
/// pools and shared folders count as there: no device list tells.
[[nodiscard]] Presence presence_of(const FstabEntry& entry, const StorageFacts& storage);

/// What initramfs-tools is to resume from, as a line for swap; nothing for "none" and "auto".
[[nodiscard]] std::optional<FstabEntry> resume_entry(const StorageFacts& storage);
/// Named by what changes on other hardware, or not there.
[[nodiscard]] bool is_stale_swap(const FstabEntry& entry, const StorageFacts& storage);
inline constexpr const char* kResumeFile = "/etc/initramfs-tools/conf.d/resume";

/// A folder that a hypervisor lends to its guest. systemd takes it for local: its absence stops the
/// boot.
[[nodiscard]] bool is_host_folder(const FstabEntry& entry);

/// The option with which a line's failure does not stop the boot. Ubuntu's mountall, under Upstart,
/// has a word of its own, which mount(8) of RHEL 6 (Upstart too) would refuse.
[[nodiscard]] std::string optional_at_boot(const OsFacts& os);

/// Adds options to a line of fstab that has them not; "defaults" stays. False where there is no
/// such line.
bool add_options(Fstab& fstab, std::size_t line, const std::vector<std::string>& wanted);

/// The change of /etc/fstab to what an editor has made of it; nothing where that is the same.
[[nodiscard]] ChangeSet fstab_change(const FstabFacts& before, const Fstab& after);

/// "/etc/fstab:3", the line without secrets, and what would be right.
[[nodiscard]] Evidence fstab_evidence(const FstabEntry& entry, std::string expected);

/// The finding where there is no fstab to judge; nothing where there is one.
[[nodiscard]] std::optional<Finding> finding_without_fstab(const StorageFacts& storage);

/// "UUID=x" for what a line names now; empty where that is not known, or not the only one so named.
[[nodiscard]] std::string unique_uuid(const StorageFacts& storage, std::string_view spec);

}  // namespace guestprep
