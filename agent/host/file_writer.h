// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "agent/core/change_set.h"
#include "agent/core/guest_path.h"
#include "agent/core/result.h"

namespace guestprep {

/// Changes the guest's files. Reading is FileReader's: what only looks cannot get at this.
///
/// Every content change is atomic: a temporary file in the same directory, made durable, renamed
/// over the old one; there is never a moment without the file. Paths are followed inside the guest
/// as FileReader does; a link in the last component leads to its target, which is changed in its
/// place, but for make_link and remove, which mean the link itself.
///
/// Errors: not_found, access_denied (also an immutable file), wrong_type, host_changed (something
/// is where nothing should be), unsupported, io (no space, a read-only file system).
class FileWriter {
public:
    virtual ~FileWriter() = default;

    /// New content for a regular file; owner, mode, ACLs, labels and other attributes stay. Another
    /// name of the file (a hard link) keeps the old one: see `share`.
    [[nodiscard]] virtual Result<void> replace(const GuestPath& path, std::string_view text) = 0;
    /// A new file. Its directory must be there.
    [[nodiscard]] virtual Result<void> create(const GuestPath& path, std::string_view text,
                                              const FileMode& mode) = 0;
    /// Makes `to` the same as the file `from`: content, owner, mode, times and attributes.
    [[nodiscard]] virtual Result<void> copy(const GuestPath& from, const GuestPath& to) = 0;
    /// Makes `name`, which is there, one more name of the file `path`.
    [[nodiscard]] virtual Result<void> share(const GuestPath& path, const GuestPath& name) {
        (void)name;
        return failure(Errc::unsupported, path.str() + ": can have no further name here");
    }
    [[nodiscard]] virtual Result<void> set_mode(const GuestPath& path, const FileMode& mode) = 0;
    /// A symbolic link; replaces a link that is there.
    [[nodiscard]] virtual Result<void> make_link(const GuestPath& path,
                                                 const std::string& target) = 0;
    /// A file or a link.
    [[nodiscard]] virtual Result<void> remove(const GuestPath& path) = 0;
    /// Also its parents, with the same mode. No error where it is there.
    [[nodiscard]] virtual Result<void> make_directory(const GuestPath& path,
                                                      std::uint32_t permissions) = 0;
    /// An empty directory.
    [[nodiscard]] virtual Result<void> remove_directory(const GuestPath& path) = 0;
    /// Adds to the end of a file, makes it where it is not there (mode 0600), and returns when the
    /// bytes are on the disk.
    [[nodiscard]] virtual Result<void> append(const GuestPath& path, std::string_view bytes) = 0;

    /// Takes away the temporary files that a run which was killed has left in a directory.
    virtual void sweep(const GuestPath& directory) = 0;

    /// Held while the object lives.
    class Lock {
    public:
        virtual ~Lock() = default;
    };
    /// Error host_changed where another process holds it.
    [[nodiscard]] virtual Result<std::unique_ptr<Lock>> lock(const GuestPath& path) = 0;
};

}  // namespace guestprep
