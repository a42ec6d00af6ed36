// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/remembering_files.h"

namespace guestprep {

Result<std::string> RememberingFiles::read(const GuestPath& path, std::size_t most) const {
    /// Larger ones are package databases and grown logs; no fixer edits these.
    constexpr std::size_t kLargestKept = std::size_t{1} << 20;
    if (const auto known = texts_.find(path); known != texts_.end() && known->second.size() <= most)
        return known->second;
    if (const auto known = unread_.find(path.str()); known != unread_.end())
        return std::unexpected(known->second);
    auto text = files_.read(path, most);
    if (text && text->size() <= kLargestKept) texts_.insert_or_assign(path, *text);
    // Another caller may take more.
    if (!text && text.error().code != Errc::too_large) unread_.emplace(path.str(), text.error());
    return text;
}

}  // namespace guestprep
