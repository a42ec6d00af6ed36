// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "agent/core/guest_path.h"
#include "agent/core/registry_value.h"

namespace guestprep {

/// Permissions (low twelve bits of st_mode) and owner of a file that is made anew.
struct FileMode {
    std::uint32_t permissions = 0644;
    std::uint32_t uid = 0;
    std::uint32_t gid = 0;

    bool operator==(const FileMode&) const = default;
};

/// A file's content. No `before`: the file is new, with `mode`. No `after`: it is removed. Where
/// both are there, owner, mode and attributes of the file stay as they are.
struct FileEdit {
    GuestPath path;
    std::optional<std::string> before, after;
    FileMode mode = {};
    bool secret = false;  ///< its content is never shown in a diff or a report

    bool operator==(const FileEdit&) const = default;
};

/// Permissions and owner of a file or directory, nothing else of it.
struct ModeEdit {
    GuestPath path;
    FileMode before, after;

    bool operator==(const ModeEdit&) const = default;
};

/// A symbolic link, such as systemd's for an enabled unit; the texts are what the link says.
struct LinkEdit {
    GuestPath path;
    std::optional<std::string> before, after;

    bool operator==(const LinkEdit&) const = default;
};

/// A registry value. No `before`: the value (and the key, where it is not there) is new.
struct RegistryEdit {
    std::string key;   ///< "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Dhcp"
    std::string name;  ///< empty: the key's default value
    std::optional<RegistryValue> before, after;
    bool secret = false;  ///< the value is never shown, and never kept: it cannot be undone

    bool operator==(const RegistryEdit&) const = default;
};

/// A program that runs once, after all edits. Equal steps of several fixers run once.
struct CommandStep {
    std::vector<std::string> argv;
    /// Files that it rewrites or makes: kept before it runs, put back by undo (removed where they
    /// were not there).
    std::vector<GuestPath> saves;
    /// What must hold for the files it made, or everything is rolled back: each is there and no
    /// smaller than `least_bytes`.
    std::uint64_t least_bytes = 0;
    std::chrono::seconds timeout{300};
    bool reversible = true;  ///< false: what it does outside `saves` cannot be taken back
    /// It looks at the machine that it runs on: in a directory (--root) that is the wrong one.
    bool own_machine = false;
    /// What takes back what it does outside `saves`; empty where there is nothing of that kind.
    std::vector<std::string> inverse;

    bool operator==(const CommandStep&) const = default;
};

using Change = std::variant<FileEdit, ModeEdit, LinkEdit, RegistryEdit, CommandStep>;

/// What one fixer wants to be different, and what it wants said.
struct ChangeSet {
    std::vector<Change> changes;
    std::vector<std::string>
        notes;  ///< for the report: old addresses, what is left to the operator

    [[nodiscard]] bool empty() const { return changes.empty(); }
};

}  // namespace guestprep
