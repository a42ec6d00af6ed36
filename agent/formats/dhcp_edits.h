// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/result.h"
#include "agent/formats/ini_file.h"

namespace guestprep {

/// Texts of network configurations whose fixed IPv4 address becomes one by DHCP. What belonged to
/// the old network (addresses, gateways, routes, name servers) is turned into comments; every other
/// byte stays. Error unsupported where the result would not be certain.

/// The stanza that begins in `line`, from 1, of a file of ifupdown. Further fixed IPv4 stanzas of
/// that interface go.
[[nodiscard]] Result<std::string> interfaces_with_dhcp(std::string_view text, std::size_t line);
[[nodiscard]] Result<std::string> ifcfg_rh_with_dhcp(std::string_view text);
[[nodiscard]] Result<std::string> ifcfg_suse_with_dhcp(std::string_view text);
/// /etc/sysconfig/network/routes without its default routes.
[[nodiscard]] std::string suse_routes_without_default(std::string_view text);
[[nodiscard]] Result<std::string> keyfile_with_dhcp(std::string_view text);
[[nodiscard]] Result<std::string> networkd_with_dhcp(std::string_view text);

}  // namespace guestprep
