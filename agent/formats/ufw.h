// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/packet_filter.h"

namespace guestprep {

/// "### tuple ### allow tcp 22 0.0.0.0/0 any 192.168.0.0/16 in": what the operator asked for. The
/// kernel gets the iptables lines below it.
struct UfwTuple {
    std::string action;  ///< "allow", "deny", "reject", "limit"
    std::string protocol, port, source, direction;
    std::size_t line = 0;
};

[[nodiscard]] std::vector<UfwTuple> ufw_tuples(std::string_view user_rules);

struct UfwFile {
    std::string path, text;
};

/// What ufw reads at boot.
struct UfwConfiguration {
    UfwFile before, user, after;  ///< before.rules, user.rules, after.rules
    std::string input_policy;     ///< DEFAULT_INPUT_POLICY: "DROP", "REJECT", "ACCEPT"
    RulePlace policy_place;
};

/// The rules that "ufw-init start" loads from them.
[[nodiscard]] PacketFilter ufw_filter(const UfwConfiguration& configuration);

}  // namespace guestprep
