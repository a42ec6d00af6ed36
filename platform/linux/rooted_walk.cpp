// SPDX-License-Identifier: Apache-2.0
#include "platform/linux/rooted_walk.h"

#include <fcntl.h>
#include <sys/stat.h>
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

const SharedDescriptor* KnownDirectories::find(const std::string& path) const {
    const auto found = kept_.find(path);
    return found == kept_.end() ? nullptr : &found->second;
}

void KnownDirectories::keep(const std::string& path, const SharedDescriptor& directory) {
    constexpr std::size_t kMost = 200;  // of the 1024 descriptors that a process usually has
    if (kept_.size() < kMost) kept_.emplace(path, directory);
}

void KnownDirectories::look_at_clock() {
    constexpr std::chrono::seconds kBelieved{1};
    const auto now = std::chrono::steady_clock::now();
    if (now - since_ < kBelieved) return;
    forget();
    since_ = now;
}

RootedWalk::RootedWalk(SharedDescriptor root, KnownDirectories* known) : known_(known) {
    stack_.push_back(std::move(root));
}

Result<Place> RootedWalk::to(const GuestPath& path, bool follow_last) {
    if (known_ != nullptr) known_->look_at_clock();
    auto done = walk(path, follow_last);
    if (remembered_ && (!done || missing_) && is_gone()) {
        // What is not there may be in a directory that was made since in the place of this one.
        known_->forget();
        start_anew();
        done = walk(path, follow_last);
    }
    if (!done) return std::unexpected(std::move(done.error()).within(path.str()));
    std::string full;
    for (const auto& name : names_) full += "/" + name;
    if (last_.empty()) return Place{std::move(stack_.back()), {}, GuestPath(full)};
    return Place{std::move(stack_.back()), last_, GuestPath(full + "/" + last_)};
}

Result<void> RootedWalk::walk(const GuestPath& path, bool follow_last) {
    auto left = components(path.str());
    while (!left.empty()) {
        const auto part = std::move(left.front());
        left.pop_front();
        if (auto step = take(part, left, follow_last); !step) return step;
    }
    return {};
}

void RootedWalk::start_anew() {
    stack_.erase(stack_.begin() + 1, stack_.end());
    names_.clear();
    last_.clear();
    links_ = 0;
    missing_ = false;
}

bool RootedWalk::is_gone() const {
    struct stat status{};
    return ::fstat(stack_.back().get(), &status) == 0 && status.st_nlink == 0;
}

Result<bool> RootedWalk::enter(const std::string& part) {
    std::string path;
    if (known_ != nullptr) {
        for (const auto& name : names_) path += "/" + name;
        path += "/" + part;
        if (const auto* known = known_->find(path)) {
            remembered_ = true;
            stack_.push_back(*known);
            names_.push_back(part);
            return true;
        }
    }
    const int fd = open_directory(stack_.back().get(), part.c_str());
    // A link says ENOTDIR or ELOOP, by the kernel's age.
    if (fd < 0 && (errno == ENOTDIR || errno == ELOOP)) return false;
    if (fd < 0) return std::unexpected(system_error(errno));
    stack_.emplace_back(fd);
    names_.push_back(part);
    if (known_ != nullptr) known_->keep(path, stack_.back());
    return true;
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
    if (!is_last) {
        const auto entered = enter(part);
        if (!entered) return std::unexpected(entered.error());
        if (*entered) return {};
    }
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
    if (!is_last) return std::unexpected(system_error(ENOTDIR));
    missing_ = length < 0 && errno == ENOENT;
    last_ = part;
    return {};
}

}  // namespace guestprep
