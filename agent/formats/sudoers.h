// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// A rule that lets somebody run every command as root.
struct SudoRule {
    std::string who;  ///< "alice", "%wheel", "#1000", "ALL"
    bool no_password = false;
    std::size_t line = 0;
};

/// What of a sudoers file tells who is an administrator. Rules for single commands are left out.
struct Sudoers {
    std::vector<SudoRule> rules;
    std::vector<std::string> include_files;
    std::vector<std::string> include_folders;
};

[[nodiscard]] Sudoers parse_sudoers(std::string_view text);

/// sudo skips files of an included folder that have a dot in their name or end in '~'.
[[nodiscard]] bool is_sudoers_file_name(std::string_view name);

}  // namespace guestprep
