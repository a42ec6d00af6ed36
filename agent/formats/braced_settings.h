// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// One setting of lvm.conf or multipath.conf.
struct BracedSetting {
    std::string name;  ///< with the sections around it: "devices/filter"
    std::vector<std::string> values;
    std::size_t line = 0;       ///< of the name, from 1
    std::size_t last_line = 0;  ///< where its last value ends
};

/// The settings of a file made of `section { name = value }` (lvm.conf(5)) or
/// `section { name value }` (multipath.conf(5)), in their order; a list in brackets may go over
/// several lines. What is not understood is passed over.
[[nodiscard]] std::vector<BracedSetting> parse_braced_settings(std::string_view text);

/// The text with the lines of these settings as comments. Error unsupported where something else
/// stands on one of these lines.
[[nodiscard]] Result<std::string> comment_out_settings(std::string_view text,
                                                       const std::vector<BracedSetting>& settings);

}  // namespace guestprep
