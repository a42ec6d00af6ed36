// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Besides 6 GiB of free space the page file must have a fixed size.
// Why:         A page file that Windows manages grows to 16 GB on the instance and fills the
//              disk.
// Source:      2018 document, Limitations.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/paging_file.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& entries = facts.of_windows().boot.paging_files;
    if (!entries) return unknown(entries.error());
    const auto files = parse_paging_files(*entries);
    if (!files) return unknown(files.error());
    std::vector<Evidence> growing;
    for (const auto& file : *files)
        if (!file.is_fixed())
            growing.push_back({value_at(keys::kMemory, "PagingFiles"), shown(file.text),
                               "C:\\pagefile.sys N N, twice the same size"});
    if (!growing.empty()) {
        auto summary = "the page file can grow: " + growing.front().found;
        return fail(std::move(summary), std::move(growing));
    }
    return pass(files->empty() ? "there is no page file" : "the page file has a fixed size");
}

}  // namespace

constinit const Check checks::page_file_is_fixed{
    .id = "win-pagefile-fixed",
    .title = "The page file has a fixed size",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Besides 6 GiB of free space the page file must have a fixed size.",
    .why = "A page file that Windows manages grows to 16 GB on the instance and fills the disk.",
    .source = "2018 document, Limitations.",
    .looks_at = "PagingFiles below Session Manager\\Memory Management.",
    .remedy =
        "Set one page file on the system drive with the same initial and maximum size, and restart "
        "once before the export.",
    .evaluate = evaluate,
};

}  // namespace guestprep
