// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "agent/formats/ipv4.h"
#include "agent/formats/packet_filter.h"

namespace guestprep {

/// The number of a TCP service as firewall rules name it ("ssh" is 22); nothing for names that
/// /etc/services may know and we do not.
[[nodiscard]] std::optional<std::uint16_t> service_port(std::string_view name);

/// "22", "ssh", "1024:", ":1023", "6000:6010"; `separator` is ':' or '-'.
[[nodiscard]] std::optional<NumberRange> parse_port_range(std::string_view text, char separator);

/// Whether the guest's address of after the import lies in a range: it will be a private one, but
/// not the old one. `unknown` for a range as wide as a network of many subnets.
[[nodiscard]] Truth will_hold_our_address(Ipv4Range range);

/// Whether the largest segment that a client of today asks for lies in a range: any size from 536
/// to that of jumbo frames, 8961. `unknown` where only some of them do.
[[nodiscard]] Truth holds_segment_size(NumberRange range);

}  // namespace guestprep
