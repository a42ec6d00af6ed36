// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace guestprep {

/// Edits of netplan's YAML by lines: what goes becomes a comment, every other byte stays. They
/// refuse (unsupported) an interface that is not written in blocks, one setting a line.

/// Without the fixed addresses, gateways, routes and name servers of an Ethernet interface. With
/// `and_dhcp` it says dhcp4: true too. A file that does not speak of it comes back as it was.
[[nodiscard]] Result<std::string> netplan_without_addresses(std::string_view text,
                                                            std::string_view id, bool and_dhcp);

/// The interface is matched by the names `glob` rather than by a hardware address, and is given
/// none. A name that it is set to stays.
[[nodiscard]] Result<std::string> netplan_without_mac(std::string_view text, std::string_view id,
                                                      std::string_view glob);

/// The interface is known by another name: its key, where nothing else matches it.
[[nodiscard]] Result<std::string> netplan_renamed(std::string_view text, std::string_view id,
                                                  std::string_view name);

}  // namespace guestprep
