// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guestprep {

[[nodiscard]] bool is_ipv4(std::string_view text);  ///< "192.0.2.1", without a prefix length
/// Holds a colon and nothing but what an IPv6 address or its prefix and zone are written with.
[[nodiscard]] bool looks_ipv6(std::string_view text);
[[nodiscard]] bool is_ipv4_loopback(std::string_view address);  ///< 127/8, with or without prefix
[[nodiscard]] bool is_ipv6_global(std::string_view address);    ///< neither link-local nor loopback
/// "255.255.252.0" is 22; nothing for what is no netmask.
[[nodiscard]] std::optional<unsigned> prefix_of_netmask(std::string_view netmask);
/// "00:0c:29:AB:cd:ef", also with '-' between.
[[nodiscard]] bool is_mac(std::string_view text);

}  // namespace guestprep
