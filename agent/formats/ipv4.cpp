// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ipv4.h"

#include <algorithm>
#include <bit>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::uint32_t address(std::uint32_t a, std::uint32_t b, std::uint32_t c,
                                std::uint32_t d) {
    return a << 24U | b << 16U | c << 8U | d;
}
constexpr std::uint32_t mask_of(std::uint64_t bits) {
    return bits == 0 ? 0 : 0xFFFFFFFFU << (32U - bits);
}
constexpr Ipv4Range block(std::uint32_t first, std::uint32_t bits) {
    return {first, first | ~mask_of(bits)};
}

constexpr std::size_t kPrivateBlocks = 3;  // the first of these
constexpr Ipv4Range kOffInternet[] = {
    block(address(10, 0, 0, 0), 8),      block(address(172, 16, 0, 0), 12),
    block(address(192, 168, 0, 0), 16),  block(address(0, 0, 0, 0), 8),
    block(address(100, 64, 0, 0), 10),   block(address(127, 0, 0, 0), 8),
    block(address(169, 254, 0, 0), 16),  block(address(192, 0, 0, 0), 24),
    block(address(192, 0, 2, 0), 24),    block(address(198, 18, 0, 0), 15),
    block(address(198, 51, 100, 0), 24), block(address(203, 0, 113, 0), 24),
    block(address(224, 0, 0, 0), 3),
};

bool any_holds(std::span<const Ipv4Range> ranges, std::uint32_t value) {
    return std::ranges::any_of(ranges, [&](Ipv4Range range) { return range.holds(value); });
}

std::optional<std::uint32_t> parse_mask(std::string_view text) {
    if (const auto bits = to_number(text)) {
        if (*bits > 32) return std::nullopt;
        return mask_of(*bits);
    }
    return parse_ipv4(text);
}

std::string dotted(std::uint32_t value) {
    std::string out;
    for (unsigned shift = 24;; shift -= 8) {
        out += std::to_string(value >> shift & 255U);
        if (shift == 0) return out;
        out += '.';
    }
}

}  // namespace

std::optional<std::uint32_t> parse_ipv4(std::string_view text) {
    const auto parts = split(text, '.');
    if (parts.size() != 4) return std::nullopt;
    std::uint32_t value = 0;
    for (const auto part : parts) {
        const auto number = to_number(part);
        if (!number || *number > 255) return std::nullopt;
        value = value << 8U | static_cast<std::uint32_t>(*number);
    }
    return value;
}

std::optional<Ipv4Range> parse_ipv4_range(std::string_view text) {
    const auto slash = text.find('/');
    std::string host(text.substr(0, slash));
    if (host.size() > 15) return std::nullopt;
    // iptables fills a short network up: "0/0", "10/8", "192.168/16".
    if (slash != std::string_view::npos)
        for (auto dots = std::ranges::count(host, '.'); dots < 3; ++dots) host += ".0";
    const auto first = parse_ipv4(host);
    if (!first) return std::nullopt;
    if (slash == std::string_view::npos) return Ipv4Range{*first, *first};
    const auto mask = parse_mask(text.substr(slash + 1));
    // A mask with holes is legal for the kernel and means no range: nobody writes one.
    if (!mask || std::countl_one(*mask) != std::popcount(*mask)) return std::nullopt;
    return Ipv4Range{*first & *mask, *first | ~*mask};
}

std::string to_text(Ipv4Range range) {
    if (range.first == range.last) return dotted(range.first);
    const std::uint32_t different = range.first ^ range.last;
    const int bits = std::countl_zero(different);
    const auto mask = mask_of(static_cast<std::uint64_t>(bits));
    if ((range.first & ~mask) == 0 && (range.last | mask) == 0xFFFFFFFFU)
        return dotted(range.first) + "/" + std::to_string(bits);
    return dotted(range.first) + "-" + dotted(range.last);
}

std::span<const Ipv4Range> off_internet() { return kOffInternet; }

bool is_off_internet(std::uint32_t value) { return any_holds(kOffInternet, value); }

bool is_private(std::uint32_t value) {
    return any_holds(off_internet().first(kPrivateBlocks), value);
}

}  // namespace guestprep
