// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/host/file_writer.h"

namespace guestprep {

/// Changes files of the running Windows; paths as WindowsFiles has them.
///
/// ReplaceFile gives a new content the old file's security, attributes and streams. Windows has
/// neither modes nor owners in numbers: of a new folder's mode only "nobody else" (0700) counts,
/// and means administrators and the system; set_mode and make_link are not supported.
class WindowsFileWriter final : public FileWriter {
public:
    Result<void> replace(const GuestPath& path, std::string_view text) override;
    Result<void> create(const GuestPath& path, std::string_view text,
                        const FileMode& mode) override;
    Result<void> copy(const GuestPath& from, const GuestPath& to) override;
    Result<void> set_mode(const GuestPath& path, const FileMode& mode) override;
    Result<void> make_link(const GuestPath& path, const std::string& target) override;
    Result<void> remove(const GuestPath& path) override;
    Result<void> make_directory(const GuestPath& path, std::uint32_t permissions) override;
    Result<void> remove_directory(const GuestPath& path) override;
    Result<void> append(const GuestPath& path, std::string_view bytes) override;
    void sweep(const GuestPath& directory) override;
    Result<std::unique_ptr<Lock>> lock(const GuestPath& path) override;
};

}  // namespace guestprep
