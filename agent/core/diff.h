// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace guestprep {

/// The change of a text as `diff -u` shows it, with three lines of context. No `before`: the file
/// is new; no `after`: it is removed (the names are then /dev/null). Empty where nothing differs.
/// Texts of more than some thousand changed lines are shown as one block.
[[nodiscard]] std::string unified_diff(std::string_view name,
                                       const std::optional<std::string>& before,
                                       const std::optional<std::string>& after);

}  // namespace guestprep
