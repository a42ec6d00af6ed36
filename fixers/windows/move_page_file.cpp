// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/core/profile.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_page_file.h"
#include "agent/facts/windows_services.h"
#include "agent/formats/paging_file.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

Result<ChangeSet> plan(const Facts& facts, const Profile& profile, const FixWishes&) {
    const auto& windows = facts.of_windows();
    const auto& entries = windows.boot.paging_files;
    if (!entries) return std::unexpected(entries.error());
    const auto files = parse_paging_files(*entries);
    if (!files) return std::unexpected(files.error());
    const auto system = system_drive(windows.system);
    std::vector<std::string> kept;
    std::uint64_t size = 0;
    for (const auto& file : *files) {
        if (file.drive == "?:" || file.drive == system) {
            kept.push_back(file.text);
            continue;
        }
        if (file.is_managed())
            return failure(Errc::unsupported,
                           "Windows chooses the size of the page file on " + file.drive +
                               ": give it a fixed size first (win-pagefile-fixed)");
        size = std::max(size, file.most);
    }
    if (kept.size() == files->size()) return ChangeSet{};
    if (kept.empty()) {
        const auto& space = windows.boot.system_space;
        if (!space) return std::unexpected(space.error());
        if (size > space->free_bytes / kMiB ||
            space->free_bytes - size * kMiB < profile.limits.windows_root_free_bytes)
            return failure(Errc::unsupported, system + " has not the room for a page file of " +
                                                  std::to_string(size) +
                                                  " MiB and what the import needs");
        kept.push_back(system + "\\pagefile.sys " + std::to_string(size) + " " +
                       std::to_string(size));
    }
    return set_paging_files(facts, kept);
}

}  // namespace

constinit const Fixer fixers::move_page_file{
    .id = "win-pagefile-other-disk",
    .title = "Keep the page file on the system drive",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes =
        "PagingFiles: entries for other drives are taken out, and one of their size is made on the "
        "system drive where there is none yet.",
    .leaves = "The files themselves until the next start; everything where the room is not there.",
    .plan = plan,
};

}  // namespace guestprep
