// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/formats/ipv4.h"
#include "agent/formats/packet_filter.h"

namespace guestprep {

enum class Admission : std::uint8_t {
    everyone,         ///< whatever the source and the interface
    some_interfaces,  ///< any source, but not by every interface name that may come
    some_sources,     ///< only sources that the rules name
    nobody,
    unknown
};

struct Admittance {
    Admission who = Admission::unknown;
    std::vector<RulePlace> because;       ///< decisive rules, most telling first
    std::vector<Ipv4Range> sources;       ///< some_sources: which
    std::vector<std::string> interfaces;  ///< some_interfaces: by which; nobody: which would do
};

/// Who may open a connection to one of `ports` when the interface will have one of the names in
/// `interfaces`.
[[nodiscard]] Admittance admittance(const PacketFilter& filter,
                                    const std::vector<std::uint16_t>& ports,
                                    const std::vector<std::string>& interfaces);

}  // namespace guestprep
