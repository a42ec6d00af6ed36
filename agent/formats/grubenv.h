// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace guestprep {

/// GRUB's environment block: a file of 1024 bytes that the loader writes in place.
struct GrubEnvironment {
    std::map<std::string, std::string> variables;
    bool has_header = false;      ///< without it GRUB reads nothing from the file
    bool has_right_size = false;  ///< without it GRUB cannot save to the file

    [[nodiscard]] bool is_valid() const { return has_header && has_right_size; }
    /// What GRUB sees: nothing where the header is missing.
    [[nodiscard]] std::map<std::string, std::string> effective() const {
        return has_header ? variables : std::map<std::string, std::string>();
    }
};

[[nodiscard]] GrubEnvironment parse_grubenv(std::string_view bytes);

/// The block with a variable set, of the same size. Error unsupported where it is not one that GRUB
/// reads and saves to, or where the value has no room in it.
[[nodiscard]] Result<std::string> set_grubenv(std::string_view bytes, std::string_view name,
                                              std::string_view value);

}  // namespace guestprep
