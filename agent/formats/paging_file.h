// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// One entry of PagingFiles: "C:\\pagefile.sys 4096 4096". Sizes in MiB.
struct PagingFile {
    std::string text;  ///< the entry as it stands
    std::string path;
    std::string drive;  ///< "C:"; "?:" where Windows chooses
    std::uint64_t initial = 0, most = 0;

    /// Windows chooses the drive, or the size.
    [[nodiscard]] bool is_managed() const { return drive == "?:" || (initial == 0 && most == 0); }
    [[nodiscard]] bool is_fixed() const { return !is_managed() && initial == most; }
};

/// Nothing where it is not such an entry; an empty one is none.
[[nodiscard]] std::optional<PagingFile> parse_paging_file(std::string_view text);
/// The files of a whole PagingFiles, without its empty entries. Error unsupported: one that is not
/// understood.
[[nodiscard]] Result<std::vector<PagingFile>> parse_paging_files(
    const std::vector<std::string>& entries);

}  // namespace guestprep
