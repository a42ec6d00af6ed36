// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guestprep {

/// Addresses from `first` to `last`, both in it, as numbers in host order.
struct Ipv4Range {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    [[nodiscard]] bool holds(std::uint32_t address) const {
        return first <= address && address <= last;
    }
    [[nodiscard]] bool is_everything() const { return first == 0 && last == 0xFFFFFFFFU; }
    bool operator==(const Ipv4Range&) const = default;
};

/// "192.0.2.1"; four decimal numbers, nothing shorter.
[[nodiscard]] std::optional<std::uint32_t> parse_ipv4(std::string_view text);
/// "192.0.2.1", "192.0.2.0/24", "192.0.2.0/255.255.255.0", "10/8". Bits below the mask are ignored.
[[nodiscard]] std::optional<Ipv4Range> parse_ipv4_range(std::string_view text);
/// "192.0.2.1", "192.0.2.0/24" or "192.0.2.1-192.0.2.9".
[[nodiscard]] std::string to_text(Ipv4Range range);

/// Blocks that the Internet does not carry: private, shared, loopback, link-local, documentation,
/// multicast and reserved (RFC 6890).
[[nodiscard]] std::span<const Ipv4Range> off_internet();
[[nodiscard]] bool is_off_internet(std::uint32_t address);
/// The private blocks of RFC 1918: where an address in a VPC comes from.
[[nodiscard]] bool is_private(std::uint32_t address);

}  // namespace guestprep
