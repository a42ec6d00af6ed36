// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "agent/host/file_system.h"
#include "platform/linux/rooted_walk.h"

namespace guestprep {

/// A directory seen as the root of a guest; "/" for the running system. Nothing outside is ever
/// opened: paths are resolved here, one component at a time, so that an absolute link starts again
/// at the root and ".." stops there. Works on Linux 2.6.18, which has no openat2(2) or O_PATH.
class RootedFiles final : public FileReader {
public:
    /// Errors: not_found, access_denied, wrong_type (not a directory).
    static Result<std::unique_ptr<RootedFiles>> at(const std::string& directory);

    Result<std::string> read(const GuestPath& path, std::size_t most) const override;
    Result<std::unique_ptr<ByteSource>> open(const GuestPath& path) const override;
    Result<FileInfo> info(const GuestPath& path) const override;
    Result<FileInfo> link_info(const GuestPath& path) const override;
    Result<std::vector<std::string>> list(const GuestPath& path) const override;
    Result<std::string> link(const GuestPath& path) const override;
    Result<GuestPath> resolve(const GuestPath& path) const override;
    /// Error unsupported where the path lies on the file system around the root: a guest that was
    /// copied into a directory has the space of another system around it.
    Result<FileSystemSpace> space(const GuestPath& path) const override;
    Result<FileFlags> flags(const GuestPath& path) const override;

    /// How many files were opened so far, for the report's first line.
    [[nodiscard]] std::size_t files_read() const { return files_read_; }

private:
    explicit RootedFiles(SharedDescriptor root);
    [[nodiscard]] RootedWalk walk() const { return RootedWalk(root_, &known_); }

    SharedDescriptor root_;
    mutable KnownDirectories known_;
    std::uint64_t outer_device_ = 0;  ///< of the file system around the root
    bool has_outer_ = false;          ///< the root is no mount point
    mutable std::atomic<std::size_t> files_read_{0};
};

}  // namespace guestprep
