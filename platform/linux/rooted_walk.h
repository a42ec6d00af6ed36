// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "agent/core/guest_path.h"
#include "agent/core/result.h"
#include "platform/linux/descriptor.h"

namespace guestprep {

/// Where a path leads: a directory that is open, and a name in it that is not a link (or the link
/// itself, where the caller asked for it). The name is empty for the root.
struct Place {
    Descriptor directory;
    std::string name;
    GuestPath path;

    [[nodiscard]] const char* name_in() const { return name.empty() ? "." : name.c_str(); }
};

/// Walks from a root that is an open directory. Each directory on the way stays open, so that ".."
/// is the one we came through and a rename meanwhile cannot lead outside.
class RootedWalk {
public:
    explicit RootedWalk(int root);

    /// The last component need not be there. Errors: not_found, access_denied, io; they name the
    /// path.
    [[nodiscard]] Result<Place> to(const GuestPath& path, bool follow_last);

private:
    Result<void> take(const std::string& part, std::deque<std::string>& left, bool follow_last);

    std::vector<Descriptor> stack_;
    std::vector<std::string> names_;
    std::string last_;
    int links_ = 0;
};

/// errno as an Error that names the path.
[[nodiscard]] Error error_at(const GuestPath& path, int code);

}  // namespace guestprep
