// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace guestprep {

/// Three-valued logic. In this order, so that "and" is the lesser of two and "or" the greater.
enum class Truth : std::uint8_t { no, unknown, yes };
constexpr std::array<std::string_view, 3> enum_names(Truth) { return {"no", "unknown", "yes"}; }

}  // namespace guestprep
