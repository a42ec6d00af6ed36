// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/collect/services.h"
#include "agent/facts/facts.h"
#include "agent/formats/sshd_settings.h"
#include "agent/host/host.h"

namespace guestprep {

/// What the files of the access slice share with one another; no other collector needs it.
struct SshReading {
    SshdSettings settings;
    std::optional<SshVersion> version;
    std::vector<std::uint16_t> ports;
};

/// Fills facts.access.ssh and ssh_ports.
[[nodiscard]] SshReading collect_ssh_server(const Host& host, const BootServices& services,
                                            Facts& facts);

/// Fills facts.access.users. `today` counts days from 1970-01-01.
void collect_users(const Host& host, const SshReading& ssh, std::int64_t today, Facts& facts);

/// The files a pattern with *, ? and [] names, sorted, as glob(3) finds them.
[[nodiscard]] std::vector<GuestPath> glob(const FileReader& files, std::string_view pattern);

/// Whose key file it is.
struct AccountOwner {
    std::string name;
    std::uint32_t uid = 0;
    GuestPath home;
    std::vector<std::uint32_t> gids;  ///< primary and supplementary
    /// Group whose only member is the user: Debian's sshd lets it write. 0 for none.
    std::uint32_t private_gid = 0;
};

/// What sshd makes of a key file's owner and mode and of those of the folders above it.
struct KeyFileTrust {
    std::string trouble;             ///< why sshd does not take it; empty where it does
    std::string doubt;               ///< why that cannot be told
    std::vector<KeyPlace> mendable;  ///< see KeyFile::mendable
};
/// sshd reads the file as its user; with StrictModes nobody else but root may be able to change it.
[[nodiscard]] KeyFileTrust trust_in_key_file(const FileReader& files, const GuestPath& path,
                                             const AccountOwner& owner, bool strict_modes);

}  // namespace guestprep
