// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/file_attributes.h"

#include <sys/stat.h>
#include <sys/time.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <string_view>
#include <vector>

#include "platform/linux/descriptor.h"

namespace guestprep {
namespace {

Result<std::vector<std::string>> attribute_names(int file) {
    const auto size = ::flistxattr(file, nullptr, 0);
    if (size < 0) {
        if (errno == ENOTSUP || errno == ENOSYS) return std::vector<std::string>{};
        return std::unexpected(system_error(errno));
    }
    std::string all(static_cast<std::size_t>(size), '\0');
    const auto got = ::flistxattr(file, all.data(), all.size());
    if (got < 0) return std::unexpected(system_error(errno));
    std::vector<std::string> names;
    for (std::string_view left(all.data(), static_cast<std::size_t>(got)); !left.empty();) {
        const auto end = std::min(left.find('\0'), left.size());
        if (end > 0) names.emplace_back(left.substr(0, end));
        left.remove_prefix(std::min(end + 1, left.size()));
    }
    return names;
}

Result<void> copy_one(int from, int to, const std::string& name) {
    std::string value(65536, '\0');  // the kernel's own limit
    const auto size = ::fgetxattr(from, name.c_str(), value.data(), value.size());
    if (size < 0) return std::unexpected(system_error(errno).within(name));
    value.resize(static_cast<std::size_t>(size));
    std::string present(65536, '\0');
    const auto there = ::fgetxattr(to, name.c_str(), present.data(), present.size());
    if (there == size && std::string_view(present).substr(0, value.size()) == value) return {};
    if (::fsetxattr(to, name.c_str(), value.data(), value.size(), 0) != 0)
        return std::unexpected(system_error(errno).within(name));
    return {};
}

}  // namespace

Result<void> copy_attributes(int from, int to) {
    struct stat status{};
    if (::fstat(from, &status) != 0) return std::unexpected(system_error(errno));
    // Owner first: changing it takes the set-user-ID bits away.
    if (::fchown(to, status.st_uid, status.st_gid) != 0)
        return std::unexpected(system_error(errno).within("owner"));
    if (::fchmod(to, status.st_mode & 07777U) != 0)
        return std::unexpected(system_error(errno).within("mode"));
    const auto wanted = attribute_names(from);
    if (!wanted) return std::unexpected(wanted.error());
    const auto present = attribute_names(to);
    if (!present) return std::unexpected(present.error());
    for (const auto& name : *wanted)
        if (auto done = copy_one(from, to, name); !done) return done;
    // The directory's default ACL may have given it one that the old file has not.
    for (const auto& name : *present)
        if (std::ranges::find(*wanted, name) == wanted->end()) ::fremovexattr(to, name.c_str());
    return {};
}

Result<void> copy_times(int from, int to) {
    struct stat status{};
    if (::fstat(from, &status) != 0) return std::unexpected(system_error(errno));
    const std::array<timespec, 2> times = {status.st_atim, status.st_mtim};
    if (::futimens(to, times.data()) == 0) return {};
    return std::unexpected(system_error(errno).within("times"));
}

}  // namespace guestprep
