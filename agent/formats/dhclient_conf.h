// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/core/result.h"

namespace guestprep {

/// dhclient.conf(5) with the statements that begin in these lines (from 1) turned into comments;
/// every other byte stays. Error unsupported where another statement shares a line with one.
[[nodiscard]] Result<std::string> dhclient_without(std::string_view text,
                                                   const std::vector<std::size_t>& lines);

}  // namespace guestprep
