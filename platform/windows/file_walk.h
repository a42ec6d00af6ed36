// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <windows.h>

#include <optional>
#include <string>

#include "agent/core/guest_path.h"
#include "agent/core/result.h"

namespace guestprep {

/// Where a path leads once every link on the way is followed.
struct FilePlace {
    GuestPath path;        ///< with its drive: "/C:/Windows"
    std::wstring name;     ///< "\\\\?\\C:\\Windows"
    DWORD attributes;      ///< of what is there
    bool is_link = false;  ///< only where the caller wants the link itself
};

/// Follows links as WindowsFiles promises. Errors name the path.
[[nodiscard]] Result<FilePlace> walk(const GuestPath& path, bool follow_last);

/// What a link says, as a guest's path or relative. Error wrong_type where it is no link.
[[nodiscard]] Result<std::string> link_text(const std::wstring& name);

/// What a directory says of a file in it; also of one that cannot be opened. Sets the last error.
[[nodiscard]] std::optional<WIN32_FIND_DATAW> directory_entry(const std::wstring& name);

}  // namespace guestprep
