// SPDX-License-Identifier: Apache-2.0
//
// Requirement: each directory has one line in /etc/fstab.
// Why:         of two lines for one directory the wrong one may win after the import.
// Source:      seen after imports (aws-cli issue 9644).
#include <map>

#include "agent/core/guest_path.h"
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    if (auto finding = finding_without_fstab(facts.storage)) return std::move(*finding);
    std::map<std::string, std::vector<const FstabEntry*>> by_directory;
    for (const auto& entry : facts.storage.fstab->entries)
        if (entry.mount_point.starts_with('/') && !entry.is_swap() && !entry.has_option("noauto"))
            by_directory[GuestPath(entry.mount_point).str()].push_back(&entry);
    std::vector<Evidence> twice;
    for (const auto& [directory, entries] : by_directory)
        if (entries.size() > 1)
            for (const auto* entry : entries)
                twice.push_back(fstab_evidence(*entry, "one line for " + directory));
    if (twice.empty()) return pass("no directory has two lines in /etc/fstab");
    auto summary = "several lines of /etc/fstab mount on one directory: " + twice.front().found;
    return fail(std::move(summary), std::move(twice));
}

}  // namespace

constinit const Check checks::fstab_without_duplicates{
    .id = "linux-fstab-rawdups",
    .title = "No directory is mounted twice by /etc/fstab",
    .platform = Platform::linux_guest,
    .severity = Severity::warning,
    .requirement = "Each mount point has one line in /etc/fstab that is mounted at boot.",
    .why =
        "Tools that edit fstab judge each line by itself. After an import one of two lines for a "
        "directory may be off, and the wrong one in force.",
    .source = "https://github.com/aws/aws-cli/issues/9644",
    .looks_at = "The mount points of /etc/fstab, without lines that say noauto.",
    .remedy = "Remove the line of /etc/fstab that does not apply.",
    .evaluate = evaluate,
};

}  // namespace guestprep
