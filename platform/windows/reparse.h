// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "agent/core/result.h"

namespace guestprep {

/// What a reparse point's data (the answer to FSCTL_GET_REPARSE_POINT) says of a link.
struct LinkSaid {
    /// As a guest's path: "/C:/Users", or "..\\x" as "../x". "/x" is on the link's own drive where
    /// `is_relative`.
    std::string text;
    bool is_relative = false;
};

/// Nothing where it is no link: a volume that is mounted there, or a file that a driver unpacks or
/// fetches. Errors: bad_syntax, damaged; unsupported, a link to another machine or to a device.
[[nodiscard]] Result<std::optional<LinkSaid>> link_said(std::string_view reparse_data);

}  // namespace guestprep
