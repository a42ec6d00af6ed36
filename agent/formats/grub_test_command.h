// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guestprep {

/// An argument of GRUB's "[ ... ]", and whether its value is known.
struct GrubArgument {
    std::string text;
    bool certain = true;
};

/// Decides "[ ... ]" (without the brackets). Nothing where it depends on files, or on a value that
/// is not known.
[[nodiscard]] std::optional<bool> grub_test(std::span<const GrubArgument> arguments,
                                            bool has_environment);

}  // namespace guestprep
