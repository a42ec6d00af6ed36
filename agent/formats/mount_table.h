// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// One mounted file system, from /proc/self/mountinfo or, before Linux 2.6.26, /proc/mounts.
struct Mount {
    std::string source, mount_point, type;
    std::vector<std::string> options;  ///< of the mount, then of the file system
    std::string number;                ///< "8:1"; empty where the table does not tell
    std::string root;  ///< what of the file system is mounted: "/", a subvolume or a directory;
                       ///< empty where the table does not tell

    static void fields(auto& self, auto&& visit) {
        visit("source", self.source);
        visit("mount_point", self.mount_point);
        visit("type", self.type);
        visit("options", self.options);
        visit("number", self.number);
        visit("root", self.root);
    }

    bool operator==(const Mount&) const = default;
};

/// Both leave out lines that do not have the kernel's form.
[[nodiscard]] std::vector<Mount> parse_mounts(std::string_view text);
[[nodiscard]] std::vector<Mount> parse_mountinfo(std::string_view text);

}  // namespace guestprep
