// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "agent/formats/paging_file.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kLeast = 1024, kMost = 8192, kUsual = 4096;  // MiB

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& windows = facts.of_windows();
    const auto& entries = windows.boot.paging_files;
    if (!entries) return std::unexpected(entries.error());
    std::uint64_t size = 0;
    bool is_right = true;
    for (const auto& entry : *entries)
        if (const auto file = parse_paging_file(entry)) {
            is_right = is_right && file->is_fixed();
            size = std::max(size, file->most);
        }
    if (is_right) return ChangeSet{};
    const auto wanted = std::to_string(std::clamp(size == 0 ? kUsual : size, kLeast, kMost));
    RegistryEdits edits(facts);
    edits.set(
        keys::kMemory, "PagingFiles",
        registry_texts({system_drive(windows.system) + "\\pagefile.sys " + wanted + " " + wanted}));
    auto set = edits.take();
    if (set)
        set->notes.emplace_back(
            "restart once before the export: the file on the disk changes then");
    return set;
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
