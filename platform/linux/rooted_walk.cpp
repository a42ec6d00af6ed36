// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/rooted_walk.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace guestprep {
namespace {

constexpr int kMostLinks = 40;  // as the kernel's own limit

std::deque<std::string> components(std::string_view text) {
    std::deque<std::string> parts;
    while (!text.empty()) {
        const auto slash = std::min(text.find('/'), text.size());
        if (slash > 0) parts.emplace_back(text.substr(0, slash));
        text.remove_prefix(std::min(slash + 1, text.size()));
    }
    return parts;
}

/// O_PATH asks only for search permission, as path resolution does; before 2.6.39 the flag is
/// ignored and the directory has to be readable.
int open_directory(int at, const char* name) {
    return ::openat(at, name, O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

}  // namespace

Error error_at(const GuestPath& path, int code) { return system_error(code).within(path.str()); }

RootedWalk::RootedWalk(int root) { stack_.emplace_back(::dup(root)); }

Result<Place> RootedWalk::to(const GuestPath& path, bool follow_last) {
    auto left = components(path.str());
    while (!left.empty()) {
        const auto part = std::move(left.front());
        left.pop_front();
        if (auto step = take(part, left, follow_last); !step)
            return std::unexpected(std::move(step.error()).within(path.str()));
    }
    std::string full;
    for (const auto& name : names_) full += "/" + name;
    if (last_.empty()) return Place{std::move(stack_.back()), {}, GuestPath(full)};
    return Place{std::move(stack_.back()), last_, GuestPath(full + "/" + last_)};
}

Result<void> RootedWalk::take(const std::string& part, std::deque<std::string>& left,
                              bool follow_last) {
    if (part == ".") return {};
    if (part == "..") {
        if (stack_.size() > 1) {
            stack_.pop_back();
            names_.pop_back();
        }
        return {};
    }
    const bool is_last = left.empty();
    std::array<char, 4096> target{};
    const auto length =
        ::readlinkat(stack_.back().get(), part.c_str(), target.data(), target.size());
    if (length >= 0 && !(is_last && !follow_last)) {
        if (++links_ > kMostLinks) return std::unexpected(system_error(ELOOP));
        const std::string_view text(target.data(), static_cast<std::size_t>(length));
        if (text.starts_with('/')) {
            stack_.erase(stack_.begin() + 1, stack_.end());
            names_.clear();
        }
        auto more = components(text);
        left.insert(left.begin(), more.begin(), more.end());
        return {};
    }
    // EINVAL: there, and not a link. ENOENT of the last one is for the caller's own call.
    if (length < 0 && errno != EINVAL && !(is_last && errno == ENOENT))
        return std::unexpected(system_error(errno));
    if (is_last) {
        last_ = part;
        return {};
    }
    const int fd = open_directory(stack_.back().get(), part.c_str());
    if (fd < 0) return std::unexpected(system_error(errno));
    stack_.emplace_back(fd);
    names_.push_back(part);
    return {};
}

}  // namespace guestprep
