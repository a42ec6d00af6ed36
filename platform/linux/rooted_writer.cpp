// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/rooted_writer.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "platform/linux/file_attributes.h"
#include "platform/linux/rooted_walk.h"

namespace guestprep {
namespace {

/// Names that nothing reads: interfaces.d, netplan and their like take no hidden files.
const std::string kTemporary = ".guestprep-";

Result<void> done_or(int outcome, const GuestPath& path) {
    if (outcome == 0) return {};
    return std::unexpected(error_at(path, errno));
}

Result<void> write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const auto n = ::write(file, text.data(), text.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return std::unexpected(system_error(errno));
        text.remove_prefix(static_cast<std::size_t>(n));
    }
    return {};
}

/// Some file systems cannot sync a directory and say EINVAL; their renames are durable by
/// themselves.
Result<void> sync_directory(const Place& place) {
    const Descriptor directory(
        ::openat(place.directory.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0) return std::unexpected(error_at(place.path, errno));
    if (::fsync(directory.get()) == 0 || errno == EINVAL) return {};
    return std::unexpected(error_at(place.path, errno));
}

/// A file beside its place that is not there yet for anybody: gone again unless it was put in
/// place.
class Temporary {
public:
    explicit Temporary(const Place& place) : place_(place) {
        // A left-over of a run that was killed is in the way of one name only.
        for (int i = 0; i < 100 && file_.get() < 0; ++i) {
            name_ = kTemporary + std::to_string(::getpid()) + "-" + std::to_string(i);
            file_ = Descriptor(::openat(place.directory.get(), name_.c_str(),
                                        O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600));
            if (file_.get() < 0 && errno != EEXIST) break;
        }
        trouble_ = errno;
    }
    ~Temporary() {
        if (file_.get() >= 0 && !placed_) ::unlinkat(place_.directory.get(), name_.c_str(), 0);
    }
    Temporary(const Temporary&) = delete;
    Temporary& operator=(const Temporary&) = delete;

    [[nodiscard]] int file() const { return file_.get(); }
    [[nodiscard]] Error error() const { return error_at(place_.path, trouble_); }

    /// Over what is there.
    Result<void> put_in_place() {
        if (::fsync(file_.get()) != 0) return std::unexpected(error_at(place_.path, errno));
        const int at = place_.directory.get();
        if (::renameat(at, name_.c_str(), at, place_.name_in()) != 0)
            return std::unexpected(error_at(place_.path, errno));
        placed_ = true;
        return sync_directory(place_);
    }

private:
    const Place& place_;
    std::string name_;
    Descriptor file_;
    int trouble_ = 0;
    bool placed_ = false;
};

/// The regular file at a place, open for reading.
Result<Descriptor> open_file(const Place& place) {
    struct stat status{};
    if (::fstatat(place.directory.get(), place.name_in(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return std::unexpected(error_at(place.path, errno));
    if (!S_ISREG(status.st_mode))
        return failure(Errc::wrong_type, place.path.str() + ": is no regular file");
    Descriptor file(::openat(place.directory.get(), place.name_in(),
                             O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (file.get() < 0) return std::unexpected(error_at(place.path, errno));
    return file;
}

class FileLock final : public FileWriter::Lock {
public:
    explicit FileLock(Descriptor file) : file_(std::move(file)) {}

private:
    Descriptor file_;
};

}  // namespace

Result<std::unique_ptr<RootedWriter>> RootedWriter::at(const std::string& directory) {
    const SharedDescriptor root(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (root.get() < 0) return std::unexpected(system_error(errno).within(directory));
    return std::unique_ptr<RootedWriter>(new RootedWriter(root));
}

Result<void> RootedWriter::replace(const GuestPath& path, std::string_view text) {
    const auto place = RootedWalk(root_).to(path, true);
    if (!place) return std::unexpected(place.error());
    const auto old = open_file(*place);
    if (!old) return std::unexpected(old.error());
    Temporary fresh(*place);
    if (fresh.file() < 0) return std::unexpected(fresh.error());
    if (auto done = write_all(fresh.file(), text); !done)
        return std::unexpected(std::move(done.error()).within(path.str()));
    if (auto done = copy_attributes(old->get(), fresh.file()); !done)
        return std::unexpected(std::move(done.error()).within(path.str()));
    return fresh.put_in_place();
}

Result<void> RootedWriter::create(const GuestPath& path, std::string_view text,
                                  const FileMode& mode) {
    const auto place = RootedWalk(root_).to(path, false);
    if (!place) return std::unexpected(place.error());
    Temporary fresh(*place);
    if (fresh.file() < 0) return std::unexpected(fresh.error());
    if (auto done = write_all(fresh.file(), text); !done)
        return std::unexpected(std::move(done.error()).within(path.str()));
    if (::fchown(fresh.file(), mode.uid, mode.gid) != 0 ||
        ::fchmod(fresh.file(), mode.permissions) != 0)
        return std::unexpected(error_at(path, errno));
    struct stat status{};
    if (::fstatat(place->directory.get(), place->name_in(), &status, AT_SYMLINK_NOFOLLOW) == 0)
        return failure(Errc::host_changed, path.str() + ": is there meanwhile");
    return fresh.put_in_place();
}

Result<void> RootedWriter::copy(const GuestPath& from, const GuestPath& to) {
    const auto source = RootedWalk(root_).to(from, true);
    if (!source) return std::unexpected(source.error());
    const auto file = open_file(*source);
    if (!file) return std::unexpected(file.error());
    const auto place = RootedWalk(root_).to(to, true);
    if (!place) return std::unexpected(place.error());
    if (const auto old = open_file(*place); !old && old.error().code != Errc::not_found)
        return std::unexpected(old.error());
    Temporary fresh(*place);
    if (fresh.file() < 0) return std::unexpected(fresh.error());
    std::array<char, 65536> buffer;
    for (;;) {
        const auto n = ::read(file->get(), buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return std::unexpected(error_at(from, errno));
        if (n == 0) break;
        if (auto done = write_all(fresh.file(), {buffer.data(), static_cast<std::size_t>(n)});
            !done)
            return std::unexpected(std::move(done.error()).within(to.str()));
    }
    if (auto done = copy_attributes(file->get(), fresh.file()); !done)
        return std::unexpected(std::move(done.error()).within(to.str()));
    if (auto done = copy_times(file->get(), fresh.file()); !done)
        return std::unexpected(std::move(done.error()).within(to.str()));
    return fresh.put_in_place();
}

Result<void> RootedWriter::share(const GuestPath& path, const GuestPath& name) {
    const auto file = RootedWalk(root_).to(path, true);
    if (!file) return std::unexpected(file.error());
    const auto place = RootedWalk(root_).to(name, false);
    if (!place) return std::unexpected(place.error());
    const int at = place->directory.get();
    const auto temporary = kTemporary + std::to_string(::getpid()) + "-name";
    ::unlinkat(at, temporary.c_str(), 0);
    if (::linkat(file->directory.get(), file->name_in(), at, temporary.c_str(), 0) != 0)
        return std::unexpected(error_at(name, errno));
    const bool moved = ::renameat(at, temporary.c_str(), at, place->name_in()) == 0;
    const int trouble = errno;
    // Renaming one name of a file to another of the same file does nothing, and leaves both.
    ::unlinkat(at, temporary.c_str(), 0);
    if (!moved) return std::unexpected(error_at(name, trouble));
    return sync_directory(*place);
}

Result<void> RootedWriter::set_mode(const GuestPath& path, const FileMode& mode) {
    const auto place = RootedWalk(root_).to(path, true);
    if (!place) return std::unexpected(place.error());
    // Not fchmodat with a flag: that needs a kernel of 2023. The walk has followed every link, and
    // O_NOFOLLOW refuses one that was put here since.
    const Descriptor file(::openat(place->directory.get(), place->name_in(),
                                   O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (file.get() < 0) return std::unexpected(error_at(path, errno));
    if (::fchown(file.get(), mode.uid, mode.gid) != 0 ||
        ::fchmod(file.get(), mode.permissions) != 0 || ::fsync(file.get()) != 0)
        return std::unexpected(error_at(path, errno));
    return {};
}

Result<void> RootedWriter::make_link(const GuestPath& path, const std::string& target) {
    const auto place = RootedWalk(root_).to(path, false);
    if (!place) return std::unexpected(place.error());
    struct stat status{};
    const int at = place->directory.get();
    const bool there = ::fstatat(at, place->name_in(), &status, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && !S_ISLNK(status.st_mode))
        return failure(Errc::host_changed, path.str() + ": is there and is no link");
    const auto name = kTemporary + std::to_string(::getpid()) + "-link";
    ::unlinkat(at, name.c_str(), 0);
    if (::symlinkat(target.c_str(), at, name.c_str()) != 0)
        return std::unexpected(error_at(path, errno));
    if (::renameat(at, name.c_str(), at, place->name_in()) != 0) {
        const auto trouble = error_at(path, errno);
        ::unlinkat(at, name.c_str(), 0);
        return std::unexpected(trouble);
    }
    return sync_directory(*place);
}

Result<void> RootedWriter::remove(const GuestPath& path) {
    const auto place = RootedWalk(root_).to(path, false);
    if (!place) return std::unexpected(place.error());
    if (::unlinkat(place->directory.get(), place->name_in(), 0) != 0)
        return std::unexpected(error_at(path, errno));
    return sync_directory(*place);
}

Result<void> RootedWriter::make_directory(const GuestPath& path, std::uint32_t permissions) {
    if (path == GuestPath("/")) return {};
    auto place = RootedWalk(root_).to(path, true);
    if (!place && place.error().code == Errc::not_found) {
        if (auto parent = make_directory(path.parent(), permissions); !parent) return parent;
        place = RootedWalk(root_).to(path, true);
    }
    if (!place) return std::unexpected(place.error());
    if (place->name.empty()) return {};
    if (::mkdirat(place->directory.get(), place->name_in(), permissions) == 0)
        return sync_directory(*place);
    struct stat status{};
    const int trouble = errno;
    if (trouble == EEXIST &&
        ::fstatat(place->directory.get(), place->name_in(), &status, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISDIR(status.st_mode))
        return {};
    return std::unexpected(error_at(path, trouble));
}

Result<void> RootedWriter::remove_directory(const GuestPath& path) {
    const auto place = RootedWalk(root_).to(path, false);
    if (!place) return std::unexpected(place.error());
    return done_or(::unlinkat(place->directory.get(), place->name_in(), AT_REMOVEDIR), path);
}

Result<void> RootedWriter::append(const GuestPath& path, std::string_view bytes) {
    const auto place = RootedWalk(root_).to(path, false);
    if (!place) return std::unexpected(place.error());
    const Descriptor file(
        ::openat(place->directory.get(), place->name_in(),
                 O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (file.get() < 0) return std::unexpected(error_at(path, errno));
    if (auto done = write_all(file.get(), bytes); !done)
        return std::unexpected(std::move(done.error()).within(path.str()));
    if (::fsync(file.get()) != 0) return std::unexpected(error_at(path, errno));
    return sync_directory(*place);
}

void RootedWriter::sweep(const GuestPath& directory) {
    const auto place = RootedWalk(root_).to(directory, true);
    if (!place) return;
    const int fd = ::openat(place->directory.get(), place->name_in(),
                            O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return;
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(fd), ::closedir);
    if (!listing) return;
    while (const auto* entry = ::readdir(listing.get()))
        if (std::string_view(entry->d_name).starts_with(kTemporary))
            ::unlinkat(::dirfd(listing.get()), entry->d_name, 0);
}

Result<std::unique_ptr<FileWriter::Lock>> RootedWriter::lock(const GuestPath& path) {
    const auto place = RootedWalk(root_).to(path, false);
    if (!place) return std::unexpected(place.error());
    Descriptor file(::openat(place->directory.get(), place->name_in(),
                             O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (file.get() < 0) return std::unexpected(error_at(path, errno));
    if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0)
        return errno == EWOULDBLOCK
                   ? failure(Errc::host_changed, path.str() + ": another run is at work")
                   : Result<std::unique_ptr<Lock>>(std::unexpected(error_at(path, errno)));
    return std::make_unique<FileLock>(std::move(file));
}

}  // namespace guestprep
