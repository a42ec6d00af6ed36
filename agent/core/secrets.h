// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace guestprep {

/// Text of a configuration file made fit to be shown: the values of passwords, keys and the like,
/// and words that are password hashes, become "(hidden)". Lines stay lines.
[[nodiscard]] std::string without_secrets(std::string_view text);

}  // namespace guestprep
