// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "agent/core/truth.h"

namespace guestprep {

/// An option that means the same for every first packet of a connection. A rate limit lets it
/// through; a list of recent clients does not hold it.
struct FixedIptablesOption {
    std::string_view name;
    int arguments;
    Truth truth;
};

/// nullptr where what the option means depends on the packet, or is not known.
[[nodiscard]] const FixedIptablesOption* fixed_iptables_option(std::string_view name);

/// A match module whose options are all judged, here or by the rule's reader.
[[nodiscard]] bool is_judged_iptables_module(std::string_view name);

}  // namespace guestprep
