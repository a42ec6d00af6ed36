// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/change_set.h"
#include "agent/facts/facts.h"

namespace guestprep {

/// The file that holds an interface's configuration.
[[nodiscard]] GuestPath file_of(const InterfaceConfig& config);

/// The text that a collector read from `path`; error unsupported where none did.
[[nodiscard]] Result<std::string> source_of(const Facts& facts, const GuestPath& path);

/// Adds the edit that makes the file at `path`, as a collector read it, read `after`; nothing where
/// it does already. A file of a package (under /usr/lib, /lib) is left: its copy in /etc wins.
[[nodiscard]] Result<void> add_edit(const Facts& facts, const GuestPath& path, std::string after,
                                    ChangeSet& to);

/// The interface gets its IPv4 address by DHCP at the next boot; what it had is told in the notes.
[[nodiscard]] Result<ChangeSet> with_dhcp(const Facts& facts, const InterfaceConfig& config);

/// "eth0 had: addresses 192.0.2.10/24; gateway 192.0.2.1; ..."; empty where it had nothing.
[[nodiscard]] std::string inventory_of(const InterfaceConfig& config);

}  // namespace guestprep
