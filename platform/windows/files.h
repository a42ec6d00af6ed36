// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>

#include "agent/host/file_system.h"

namespace guestprep {

/// The files of the running Windows.
///
/// A path names the drive first: "/C:/Windows/System32" is C:\Windows\System32. A path without one
/// ("/Windows/System32", and "/" itself) is on the drive that holds Windows, as it is below the
/// --root of a disk that was taken out of its machine. A partition without a letter stands in the
/// drive's place by its name, "/Harddisk0Partition1/bootmgr". Paths may be as long as NTFS can have
/// them.
///
/// Links (symbolic links and junctions) are followed here and not by the system, and only to drives
/// of this machine: a network drive is not the guest's, and may not answer. What a link says is
/// told as a path of this kind. A volume that is mounted in a directory is a directory. Permissions
/// and owners are told as 0: Windows has others. System32 is the 64-bit one for a 32-bit program
/// too.
class WindowsFiles final : public FileReader {
public:
    Result<std::string> read(const GuestPath& path, std::size_t most) const override;
    Result<std::unique_ptr<ByteSource>> open(const GuestPath& path) const override;
    Result<FileInfo> info(const GuestPath& path) const override;
    Result<FileInfo> link_info(const GuestPath& path) const override;
    Result<std::vector<std::string>> list(const GuestPath& path) const override;
    Result<std::string> link(const GuestPath& path) const override;
    Result<GuestPath> resolve(const GuestPath& path) const override;
    Result<FileSystemSpace> space(const GuestPath& path) const override;

    /// How many files were opened so far, for the report's first line.
    [[nodiscard]] std::size_t files_read() const { return files_read_; }

private:
    mutable std::atomic<std::size_t> files_read_{0};
};

}  // namespace guestprep
