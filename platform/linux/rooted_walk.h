// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "agent/core/guest_path.h"
#include "agent/core/result.h"
#include "platform/linux/descriptor.h"

namespace guestprep {

/// Where a path leads: a directory that is open, and a name in it that is not a link (or the link
/// itself, where the caller asked for it). The name is empty for the root.
struct Place {
    SharedDescriptor directory;
    std::string name;
    GuestPath path;

    [[nodiscard]] const char* name_in() const { return name.empty() ? "." : name.c_str(); }
};

/// Directories that a reader came through, kept open for a moment: an audit asks for some hundred
/// files of a few dozen. Only what was reached without a link is kept, by its path.
class KnownDirectories {
public:
    [[nodiscard]] const SharedDescriptor* find(const std::string& path) const;
    void keep(const std::string& path, const SharedDescriptor& directory);
    /// Forgets all of them where they are too old to be believed.
    void look_at_clock();
    void forget() { kept_.clear(); }

private:
    std::unordered_map<std::string, SharedDescriptor> kept_;
    std::chrono::steady_clock::time_point since_;
};

/// Walks from a root that is an open directory. Each directory on the way stays open, so that ".."
/// is the one we came through and a rename meanwhile cannot lead outside.
class RootedWalk {
public:
    explicit RootedWalk(SharedDescriptor root, KnownDirectories* known = nullptr);

    /// The last component need not be there. Errors: not_found, access_denied, io; they name the
    /// path.
    [[nodiscard]] Result<Place> to(const GuestPath& path, bool follow_last);

private:
    Result<void> walk(const GuestPath& path, bool follow_last);
    Result<void> take(const std::string& part, std::deque<std::string>& left, bool follow_last);
    /// Into a directory; false where the name is none (a link, perhaps). Errors as `to`.
    Result<bool> enter(const std::string& part);
    void start_anew();
    [[nodiscard]] bool is_gone() const;

    std::vector<SharedDescriptor> stack_;
    std::vector<std::string> names_;
    std::string last_;
    int links_ = 0;
    KnownDirectories* known_;
    bool remembered_ = false;  ///< came through a directory that was open before
    bool missing_ = false;     ///< the last name is not there
};

/// errno as an Error that names the path.
[[nodiscard]] Error error_at(const GuestPath& path, int code);

}  // namespace guestprep
