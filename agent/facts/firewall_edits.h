// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace guestprep {

/// The files of the single firewalls with one rule more, that admits new TCP connections to `port`
/// from anywhere. Each puts the rule where it comes before what drops; whether it then wins is for
/// the caller to find out. The rest of the text stays, byte for byte.
///
/// Errors: unsupported, the text has no place for the rule that can be relied on.

/// A file for iptables-restore: first of INPUT.
[[nodiscard]] Result<std::string> admit_in_iptables(std::string_view text, std::uint16_t port);
/// A script for nft: first of each chain of IPv4 that hooks into input.
[[nodiscard]] Result<std::string> admit_in_nftables(std::string_view text, std::uint16_t port);
/// A zone of firewalld.
[[nodiscard]] Result<std::string> admit_in_firewalld_zone(std::string_view text,
                                                          std::uint16_t port);
/// ufw's user.rules: what "ufw insert 1 allow PORT/tcp" writes.
[[nodiscard]] Result<std::string> admit_in_ufw(std::string_view text, std::uint16_t port);
/// /etc/sysconfig/SuSEfirewall2: the external zone, on any interface.
[[nodiscard]] Result<std::string> admit_in_suse_firewall(std::string_view text, std::uint16_t port);

}  // namespace guestprep
