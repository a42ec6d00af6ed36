// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/windows_paths.h"

#include "agent/core/text.h"

namespace guestprep {

Result<GuestPath> find_name(const FileReader& files, const GuestPath& folder,
                            std::string_view name) {
    const auto names = files.list(folder);
    if (!names) return std::unexpected(names.error());
    const std::string* found = nullptr;
    for (const auto& one : *names) {
        // Where two names differ in case alone, the exact one is meant.
        if (one == name) return folder / one;
        if (found == nullptr && equal_ignoring_case(one, name)) found = &one;
    }
    if (found == nullptr)
        return failure(Errc::not_found, (folder / name).str() + ": no such file or directory");
    return folder / *found;
}

Result<GuestPath> find_windows_path(const FileReader& files, std::string_view path) {
    GuestPath at("/");
    for (const auto part : split(path, '\\')) {
        auto next = find_name(files, at, part);
        if (!next) return next;
        at = std::move(*next);
    }
    return at;
}

Result<GuestPath> find_hive_folder(const FileReader& files) {
    auto folder = find_windows_path(files, R"(Windows\System32\config)");
    if (folder) return folder;
    auto old = find_windows_path(files, R"(WINNT\System32\config)");
    return old ? old : folder;
}

}  // namespace guestprep
