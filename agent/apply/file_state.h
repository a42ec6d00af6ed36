// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "agent/host/file_system.h"

namespace guestprep {

/// What stands at a path at one moment: enough to tell later whether it is still so.
struct FileState {
    enum class Kind : std::uint8_t { absent, file, link, other };

    Kind kind = Kind::absent;
    std::uint64_t size = 0;  ///< bytes, of a file
    /// FNV-1a of a file's bytes. It tells an edit from none; it is no defence against somebody who
    /// wants to deceive, who would be root here anyway.
    std::uint64_t hash = 0;
    std::string target;  ///< of a link
    std::uint32_t permissions = 0, uid = 0, gid = 0;

    bool operator==(const FileState&) const = default;
};
constexpr std::array<std::string_view, 4> enum_names(FileState::Kind) {
    return {"absent", "file", "link", "other"};
}

[[nodiscard]] std::uint64_t fnv1a(std::string_view bytes,
                                  std::uint64_t so_far = 14695981039346656037ULL);

/// What a file with this text would be, but for its owner and mode.
[[nodiscard]] FileState state_of_text(std::string_view text);

/// Does not follow a link in the last component. Errors: access_denied, io.
[[nodiscard]] Result<FileState> state_at(const FileReader& files, const GuestPath& path);

/// The same file content, link or absence; owner and mode are not compared.
[[nodiscard]] bool same_content(const FileState& a, const FileState& b);

/// "absent", "a file of 120 bytes", "a link to x"
[[nodiscard]] std::string words_for(const FileState& state);

/// The other names (hard links) of the file at a resolved path, as far as they are below the same
/// folder of the root: /etc for a file in /etc. Errors: unsupported where some are not found.
[[nodiscard]] Result<std::vector<GuestPath>> other_names(const FileReader& files,
                                                         const GuestPath& path);

/// Where an edit of `path` lands: links are followed to the last one, and a file that is to be made
/// gets the resolved directory, as far as that is there. Errors: access_denied, unsupported (a link
/// that leads nowhere).
[[nodiscard]] Result<GuestPath> landing_place(const FileReader& files, const GuestPath& path);

}  // namespace guestprep
