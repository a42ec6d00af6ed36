// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agent/core/byte_source.h"
#include "agent/core/guest_path.h"
#include "agent/core/result.h"

namespace guestprep {

enum class FileKind : std::uint8_t { regular, directory, link, fifo, device, socket };

struct FileInfo {
    FileKind kind = FileKind::regular;
    std::uint32_t permissions = 0;  ///< low twelve bits of st_mode
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;
    std::uint64_t size = 0;    ///< bytes
    std::uint64_t device = 0;  ///< st_dev: two files on one file system share it
    std::uint64_t inode = 0;
    std::int64_t modified = 0;  ///< seconds since 1970
    std::uint64_t names = 1;    ///< hard links
};

/// What chattr(1) sets against changes.
struct FileFlags {
    bool immutable = false;
    bool append_only = false;
};

struct FileSystemSpace {
    std::uint64_t free_bytes = 0;  ///< for the superuser's reserve not counted
    std::uint64_t total_bytes = 0;
    std::uint64_t free_inodes = 0;
    std::uint64_t total_inodes = 0;  ///< 0: the file system does not count inodes
    bool read_only = false;
};

/// More than any configuration file that a system could work with.
inline constexpr std::size_t kConfigLimit = std::size_t{8} << 20;

/// Reads the guest's files and cannot change one. Symbolic links are followed inside the guest: an
/// absolute link starts again at the guest's root and ".." never leaves it.
///
/// Errors: not_found (also for a dangling link), access_denied, wrong_type (reading a directory,
/// FIFO, socket or device: these are never opened), too_large, io. Messages name the path.
class FileReader {
public:
    virtual ~FileReader() = default;

    /// The whole of a regular file.
    [[nodiscard]] virtual Result<std::string> read(const GuestPath& path,
                                                   std::size_t most = kConfigLimit) const = 0;
    /// A regular file, to be read in pieces.
    [[nodiscard]] virtual Result<std::unique_ptr<ByteSource>> open(const GuestPath& path) const = 0;
    /// Follows links.
    [[nodiscard]] virtual Result<FileInfo> info(const GuestPath& path) const = 0;
    /// Does not follow a link in the last component.
    [[nodiscard]] virtual Result<FileInfo> link_info(const GuestPath& path) const = 0;
    /// Names in a directory, sorted, without "." and "..".
    [[nodiscard]] virtual Result<std::vector<std::string>> list(const GuestPath& path) const = 0;
    /// What a symbolic link says, unresolved.
    [[nodiscard]] virtual Result<std::string> link(const GuestPath& path) const = 0;
    /// The path with every link resolved.
    [[nodiscard]] virtual Result<GuestPath> resolve(const GuestPath& path) const = 0;
    [[nodiscard]] virtual Result<FileSystemSpace> space(const GuestPath& path) const = 0;
    /// Of a regular file. Error unsupported where its file system has no such flags.
    [[nodiscard]] virtual Result<FileFlags> flags(const GuestPath& path) const {
        return failure(Errc::unsupported, path.str() + ": no flags are known here");
    }

    [[nodiscard]] bool exists(const GuestPath& path) const { return info(path).has_value(); }
    [[nodiscard]] bool is_directory(const GuestPath& path) const {
        const auto found = info(path);
        return found && found->kind == FileKind::directory;
    }
};

}  // namespace guestprep
