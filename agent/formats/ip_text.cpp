// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/ip_text.h"

#include <algorithm>
#include <bit>

#include "agent/core/text.h"

namespace guestprep {
namespace {

std::optional<std::uint32_t> ipv4_value(std::string_view text) {
    std::uint32_t value = 0;
    const auto parts = split(text, '.');
    if (parts.size() != 4) return std::nullopt;
    for (const auto part : parts) {
        const auto byte = to_number(part);
        if (!byte || *byte > 255 || part.size() > 3) return std::nullopt;
        value = value << 8U | static_cast<std::uint32_t>(*byte);
    }
    return value;
}

std::string_view without_prefix(std::string_view address) {
    return address.substr(0, address.find('/'));
}

}  // namespace

bool is_ipv4(std::string_view text) { return ipv4_value(text).has_value(); }

bool looks_ipv6(std::string_view text) {
    const auto address = text.substr(0, text.find_first_of("/%"));
    return contains(address, ":") && address.size() >= 2 &&
           address.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

bool is_ipv4_loopback(std::string_view address) {
    return is_ipv4(without_prefix(address)) && address.starts_with("127.");
}

bool is_ipv6_global(std::string_view address) {
    if (!looks_ipv6(address)) return false;
    const auto text = lowercase(without_prefix(address));
    const bool link_local = text.size() >= 4 && text.starts_with("fe") && text[2] >= '8' &&
                            text[2] <= 'f' && text[2] != 'c' && text[2] != 'd';
    return !link_local && text != "::1" && text != "::";
}

std::optional<unsigned> prefix_of_netmask(std::string_view netmask) {
    const auto value = ipv4_value(netmask);
    if (!value) return std::nullopt;
    const auto ones = static_cast<unsigned>(std::countl_one(*value));
    if (ones < 32 && (*value << ones) != 0) return std::nullopt;
    return ones;
}

bool is_mac(std::string_view text) {
    if (text.size() != 17) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool separator = i % 3 == 2;
        if (separator && text[i] != ':' && text[i] != '-') return false;
        if (!separator && !contains("0123456789abcdefABCDEF", text.substr(i, 1))) return false;
    }
    return true;
}

}  // namespace guestprep
