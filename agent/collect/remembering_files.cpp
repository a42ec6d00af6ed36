// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/remembering_files.h"

namespace guestprep {

Result<std::string> RememberingFiles::read(const GuestPath& path, std::size_t most) const {
    /// Larger ones are package databases and grown logs; no fixer edits these.
    constexpr std::size_t kLargestKept = std::size_t{1} << 20;
    auto text = files_.read(path, most);
    if (text && text->size() <= kLargestKept) texts_.insert_or_assign(path, *text);
    return text;
}

}  // namespace guestprep
