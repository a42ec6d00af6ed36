// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/windows_page_file.h"
#include "agent/facts/windows_services.h"
#include "agent/formats/paging_file.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kLeast = 1024, kMost = 8192, kUsual = 4096;  // MiB

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& windows = facts.of_windows();
    const auto& entries = windows.boot.paging_files;
    if (!entries) return std::unexpected(entries.error());
    const auto files = parse_paging_files(*entries);
    if (!files) return std::unexpected(files.error());
    std::uint64_t size = 0;
    for (const auto& file : *files) size = std::max(size, file.most);
    if (std::ranges::all_of(*files, &PagingFile::is_fixed)) return ChangeSet{};
    const auto wanted = std::to_string(std::clamp(size == 0 ? kUsual : size, kLeast, kMost));
    return set_paging_files(
        facts, {system_drive(windows.system) + "\\pagefile.sys " + wanted + " " + wanted});
}

}  // namespace

constinit const Fixer fixers::fix_size_of_page_file{
    .id = "win-pagefile-fixed",
    .title = "Give the page file a fixed size",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes = "PagingFiles: one entry on the system drive with the same initial and maximum size.",
    .leaves = "A crash dump that needs a page file as large as the memory.",
    .plan = plan,
};

}  // namespace guestprep
