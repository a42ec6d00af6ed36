// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// KEY{attribute}operator"value" of a udev rule.
struct UdevToken {
    std::string key, attribute, op, value;
    [[nodiscard]] bool is_match() const { return op == "==" || op == "!="; }
};

struct UdevRule {
    std::vector<UdevToken> tokens;
    std::size_t line = 0;  ///< from 1; the first of those that a backslash joins
};

/// Rules of one file; lines that are no rule are left out.
[[nodiscard]] std::vector<UdevRule> parse_udev_rules(std::string_view text);

/// A rule that gives a network interface its name.
struct NetNameRule {
    std::string mac;   ///< the address that it asks for; empty: any
    std::string name;  ///< what NAME is set to
    std::size_t line = 0;
};
[[nodiscard]] std::vector<NetNameRule> net_name_rules(const std::vector<UdevRule>& rules);

}  // namespace guestprep
