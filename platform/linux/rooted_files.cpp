// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/rooted_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "agent/core/read_all.h"
#include "platform/linux/rooted_walk.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostNames = 100'000;

template <class Request>
Request request_type(int (*)(int, Request, ...));

FileKind kind_of(mode_t mode) {
    if (S_ISREG(mode)) return FileKind::regular;
    if (S_ISDIR(mode)) return FileKind::directory;
    if (S_ISLNK(mode)) return FileKind::link;
    if (S_ISFIFO(mode)) return FileKind::fifo;
    if (S_ISSOCK(mode)) return FileKind::socket;
    return FileKind::device;
}

FileInfo to_info(const struct stat& status) {
    return {.kind = kind_of(status.st_mode),
            .permissions = status.st_mode & 07777U,
            .uid = status.st_uid,
            .gid = status.st_gid,
            .size = static_cast<std::uint64_t>(status.st_size),
            .device = status.st_dev,
            .inode = status.st_ino,
            .modified = status.st_mtime,
            .names = status.st_nlink};
}

Result<FileInfo> info_of(RootedWalk walk, const GuestPath& path, bool follow) {
    auto place = walk.to(path, follow);
    if (!place) return std::unexpected(std::move(place.error()));
    struct stat status{};
    if (::fstatat(place->directory.get(), place->name_in(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return std::unexpected(error_at(path, errno));
    return to_info(status);
}

Error not_a_file(const GuestPath& path, FileKind kind) {
    constexpr std::array<const char*, 6> kNames = {"a file", "a directory", "a link",
                                                   "a FIFO", "a device",    "a socket"};
    return {Errc::wrong_type,
            path.str() + ": is " + kNames[static_cast<std::size_t>(kind)] + ", not a file"};
}

/// Looks before it opens: opening a FIFO may hang and opening a device may do things.
Result<Descriptor> open_regular(RootedWalk walk, const GuestPath& path) {
    auto place = walk.to(path, true);
    if (!place) return std::unexpected(std::move(place.error()));
    struct stat status{};
    if (::fstatat(place->directory.get(), place->name_in(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return std::unexpected(error_at(path, errno));
    if (!S_ISREG(status.st_mode)) return std::unexpected(not_a_file(path, kind_of(status.st_mode)));
    Descriptor file(::openat(place->directory.get(), place->name_in(),
                             O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (file.get() < 0) return std::unexpected(error_at(path, errno));
    if (::fstat(file.get(), &status) != 0) return std::unexpected(error_at(path, errno));
    if (!S_ISREG(status.st_mode)) return std::unexpected(not_a_file(path, kind_of(status.st_mode)));
    return file;
}

class FileSource final : public ByteSource {
public:
    FileSource(Descriptor file, GuestPath path) : file_(std::move(file)), path_(std::move(path)) {}
    Result<std::size_t> read(std::span<std::byte> buffer) override {
        ssize_t n = 0;
        do n = ::read(file_.get(), buffer.data(), buffer.size());
        while (n < 0 && errno == EINTR);
        if (n < 0) return std::unexpected(error_at(path_, errno));
        return static_cast<std::size_t>(n);
    }

private:
    Descriptor file_;
    GuestPath path_;
};

}  // namespace

Result<std::unique_ptr<RootedFiles>> RootedFiles::at(const std::string& directory) {
    const SharedDescriptor root(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (root.get() < 0) return std::unexpected(system_error(errno).within(directory));
    return std::unique_ptr<RootedFiles>(new RootedFiles(root));
}

RootedFiles::RootedFiles(SharedDescriptor root) : root_(std::move(root)) {
    struct stat inner{};
    struct stat outer{};
    if (::fstat(root_.get(), &inner) != 0 || ::fstatat(root_.get(), "..", &outer, 0) != 0) return;
    outer_device_ = outer.st_dev;
    has_outer_ = inner.st_dev == outer.st_dev && inner.st_ino != outer.st_ino;
}

Result<std::string> RootedFiles::read(const GuestPath& path, std::size_t most) const {
    auto source = open(path);
    if (!source) return std::unexpected(std::move(source.error()));
    return read_all(**source, path.str(), most);
}

Result<std::unique_ptr<ByteSource>> RootedFiles::open(const GuestPath& path) const {
    auto file = open_regular(walk(), path);
    if (!file) return std::unexpected(std::move(file.error()));
    ++files_read_;
    return std::make_unique<FileSource>(std::move(*file), path);
}

Result<FileInfo> RootedFiles::info(const GuestPath& path) const {
    return info_of(walk(), path, true);
}

Result<FileInfo> RootedFiles::link_info(const GuestPath& path) const {
    return info_of(walk(), path, false);
}

Result<std::vector<std::string>> RootedFiles::list(const GuestPath& path) const {
    auto place = walk().to(path, true);
    if (!place) return std::unexpected(std::move(place.error()));
    const int fd = ::openat(place->directory.get(), place->name_in(),
                            O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return std::unexpected(error_at(path, errno));
    const std::unique_ptr<DIR, int (*)(DIR*)> directory(::fdopendir(fd), ::closedir);
    if (!directory) return std::unexpected(error_at(path, errno));
    std::vector<std::string> names;
    errno = 0;
    while (const auto* entry = ::readdir(directory.get())) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") names.emplace_back(name);
        if (names.size() > kMostNames)
            return failure(Errc::too_large, path.str() + ": too many names in this directory");
    }
    if (errno != 0) return std::unexpected(error_at(path, errno));
    std::ranges::sort(names);
    return names;
}

Result<std::string> RootedFiles::link(const GuestPath& path) const {
    auto place = walk().to(path, false);
    if (!place) return std::unexpected(std::move(place.error()));
    std::array<char, 4096> target{};
    const auto length =
        ::readlinkat(place->directory.get(), place->name_in(), target.data(), target.size());
    if (length < 0)
        return std::unexpected(errno == EINVAL ? Error{Errc::wrong_type, path.str() + ": no link"}
                                               : error_at(path, errno));
    return std::string(target.data(), static_cast<std::size_t>(length));
}

Result<GuestPath> RootedFiles::resolve(const GuestPath& path) const {
    auto place = walk().to(path, true);
    if (!place) return std::unexpected(std::move(place.error()));
    struct stat status{};
    if (::fstatat(place->directory.get(), place->name_in(), &status, AT_SYMLINK_NOFOLLOW) != 0)
        return std::unexpected(error_at(path, errno));
    return place->path;
}

Result<FileFlags> RootedFiles::flags(const GuestPath& path) const {
    const auto file = open_regular(walk(), path);
    if (!file) return std::unexpected(file.error());
    // The kernel writes an int, whatever the request's name says.
    unsigned int flags = 0;
    // An int for musl, an unsigned long for glibc: the number is the kernel's either way.
    constexpr auto kAskFlags = static_cast<decltype(request_type(::ioctl))>(FS_IOC_GETFLAGS);
    if (::ioctl(file->get(), kAskFlags, &flags) != 0) {
        if (errno == ENOTTY || errno == EOPNOTSUPP || errno == EINVAL || errno == ENOSYS)
            return failure(Errc::unsupported, path.str() + ": its file system has no flags");
        return std::unexpected(error_at(path, errno));
    }
    return FileFlags{(flags & FS_IMMUTABLE_FL) != 0, (flags & FS_APPEND_FL) != 0};
}

Result<FileSystemSpace> RootedFiles::space(const GuestPath& path) const {
    auto place = walk().to(path, true);
    if (!place) return std::unexpected(std::move(place.error()));
    const Descriptor at(::openat(place->directory.get(), place->name_in(),
                                 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC));
    if (at.get() < 0) return std::unexpected(error_at(path, errno));
    struct stat place_status{};
    if (::fstat(at.get(), &place_status) != 0) return std::unexpected(error_at(path, errno));
    if (has_outer_ && place_status.st_dev == outer_device_)
        return failure(Errc::unsupported,
                       path.str() +
                           ": is no file system of its own here; the space around it is "
                           "not the guest's");
    struct statvfs status{};
    if (::fstatvfs(at.get(), &status) != 0) return std::unexpected(error_at(path, errno));
    return FileSystemSpace{.free_bytes = status.f_bavail * status.f_frsize,
                           .total_bytes = status.f_blocks * status.f_frsize,
                           .free_inodes = status.f_favail,
                           .total_inodes = status.f_files,
                           .read_only = (status.f_flag & ST_RDONLY) != 0};
}

}  // namespace guestprep
