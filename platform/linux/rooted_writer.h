// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "agent/host/file_writer.h"
#include "platform/linux/descriptor.h"

namespace guestprep {

/// Writes below a directory seen as the root of a guest, "/" for the running system, and never
/// outside of it. Works on Linux 2.6.18.
class RootedWriter final : public FileWriter {
public:
    /// Errors: not_found, access_denied, wrong_type.
    static Result<std::unique_ptr<RootedWriter>> at(const std::string& directory);

    Result<void> replace(const GuestPath& path, std::string_view text) override;
    Result<void> create(const GuestPath& path, std::string_view text,
                        const FileMode& mode) override;
    Result<void> copy(const GuestPath& from, const GuestPath& to) override;
    Result<void> share(const GuestPath& path, const GuestPath& name) override;
    Result<void> set_mode(const GuestPath& path, const FileMode& mode) override;
    Result<void> make_link(const GuestPath& path, const std::string& target) override;
    Result<void> remove(const GuestPath& path) override;
    Result<void> make_directory(const GuestPath& path, std::uint32_t permissions) override;
    Result<void> remove_directory(const GuestPath& path) override;
    Result<void> append(const GuestPath& path, std::string_view bytes) override;
    void sweep(const GuestPath& directory) override;
    Result<std::unique_ptr<Lock>> lock(const GuestPath& path) override;

private:
    explicit RootedWriter(SharedDescriptor root) : root_(std::move(root)) {}
    SharedDescriptor root_;
};

}  // namespace guestprep
