// SPDX-License-Identifier: Apache-2.0
//
// Requirement: What Windows needs to start must be on disks that are imported.
// Why:         A page file on a disk that is not imported leaves Windows without one.
// Source:      2018 document, Limitations (a consequence).
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "agent/formats/paging_file.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto& entries = windows.boot.paging_files;
    if (!entries) return unknown(entries.error());
    if (!windows.system.system_root && !windows.system.system_root.is_absent())
        return unknown(windows.system.system_root.error());
    const auto system = system_drive(windows.system);
    const auto files = parse_paging_files(*entries);
    if (!files) return unknown(files.error());
    std::vector<Evidence> elsewhere;
    for (const auto& file : *files)
        if (file.drive != "?:" && file.drive != system)
            elsewhere.push_back({value_at(keys::kMemory, "PagingFiles"), shown(file.text),
                                 system + "\\pagefile.sys"});
    if (elsewhere.empty()) return pass("no page file is on another drive than " + system);
    auto summary = "a page file is on another drive: " + elsewhere.front().found;
    return fail(std::move(summary), std::move(elsewhere));
}

}  // namespace

constinit const Check checks::page_file_is_on_system_drive{
    .id = "win-pagefile-other-disk",
    .title = "The page file is on the system drive",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "What Windows needs to start must be on disks that are imported.",
    .why = "A page file on a disk that is not imported leaves Windows without one.",
    .source = "2018 document, Limitations (a consequence).",
    .looks_at = "PagingFiles below Session Manager\\Memory Management, SystemRoot.",
    .remedy = "Move the page file to the system drive, or export that disk too.",
    .evaluate = evaluate,
};

}  // namespace guestprep
