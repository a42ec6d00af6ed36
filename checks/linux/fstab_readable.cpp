// SPDX-License-Identifier: Apache-2.0
//
// Requirement: /etc/fstab can be read, line by line, and has a line for /.
// Why:         the import reads it to find the system's volumes.
// Source:      VM Import/Export troubleshooting.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/fstab_at_boot.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"no-root", Severity::blocker, "There is no line for /"},
    {"etc-elsewhere", Severity::blocker, "/etc is not on the root file system"},
    {"odd-lines", Severity::warning, "Some lines are not what another program may expect"},
};

std::vector<Evidence> odd_lines(const FstabFacts& fstab) {
    std::vector<Evidence> odd;
    for (const auto line : fstab.malformed_lines)
        odd.push_back({at_line("/etc/fstab", line), "fewer than three fields", "4 to 6 fields"});
    for (const auto& entry : fstab.entries)
        if (entry.options.empty())
            odd.push_back(fstab_evidence(entry, "4 to 6 fields: the options are left out"));
    if (!fstab.link_to.empty())
        odd.push_back({"/etc/fstab", "a link to " + shown(fstab.link_to), "a file of its own"});
    if (fstab.has_crlf) odd.push_back({"/etc/fstab", "lines end in CR LF", "lines end in LF"});
    if (!fstab.is_utf8) odd.push_back({"/etc/fstab", "bytes that are not UTF-8", "UTF-8"});
    return odd;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& fstab = facts.storage.fstab;
    if (!fstab) {
        const auto code = fstab.error().code;
        if (code == Errc::access_denied || code == Errc::io || code == Errc::not_collected)
            return unknown(fstab.error());
        return fail("/etc/fstab cannot be read by the import",
                    {{"/etc/fstab", fstab.why(), "a text file"}});
    }
    if (const auto* etc = fstab_entry_at(facts.storage, "/etc"); etc != nullptr && !etc->is_bind())
        return fail("/etc is a file system of its own: the import finds no fstab on the root",
                    {fstab_evidence(*etc, "/etc on the root file system")})
            .as("etc-elsewhere");
    const auto* root = fstab_entry_at(facts.storage, "/");
    auto odd = odd_lines(*fstab);
    if (root == nullptr) {
        odd.insert(odd.begin(),
                   {"/etc/fstab", std::to_string(fstab->entries.size()) + " entries, none for /",
                    "a line for /"});
        return fail("/etc/fstab has no line for /", std::move(odd)).as("no-root");
    }
    if (odd.empty()) return pass("/etc/fstab is well formed and has a line for /");
    auto summary = odd.front().where + ": " + odd.front().found;
    return fail(std::move(summary), std::move(odd)).as("odd-lines");
}

}  // namespace

constinit const Check checks::fstab_readable{
    .id = "linux-fstab-unreadable",
    .title = "/etc/fstab is there, well formed, and has a line for /",
    .platform = Platform::linux_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement = "The import reads /etc/fstab to find and mount the system's volumes.",
    .why =
        "Without an fstab that it understands the import takes the system for unknown or damaged.",
    .source =
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at = "/etc/fstab: kind of file, encoding, fields per line, lines for / and /etc.",
    .import_error = "Could not read fstab",
    .remedy =
        "Write /etc/fstab as a plain UTF-8 text file with a line for / (UUID=... / TYPE OPTIONS 0 "
        "1) "
        "and four to six fields per line.",
    .evaluate = evaluate,
};

}  // namespace guestprep
