// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "agent/core/finding.h"

namespace guestprep {

struct Facts;
struct Profile;

/// `none`: the profile does not know this rule; the check is then not applicable.
enum class Severity : std::uint8_t { none, advice, warning, blocker };

/// `linux_guest`, not `linux`: GCC defines the latter as a macro in its GNU modes.
enum class Platform : std::uint8_t { any, linux_guest, windows_guest };
constexpr std::array<std::string_view, 3> enum_names(Platform) {
    return {"any", "linux", "windows"};
}

/// A case of a requirement that weighs differently from the rest.
struct Variant {
    std::string_view name;  ///< what a finding says in `variant`, and a profile in its rules
    Severity severity;
    std::string_view title;  ///< what the case is, for `list` and the documentation
};

/// One requirement and the function that judges it.
///
/// `severity` and the variants' severities hold under the newest profile on the image route;
/// what is different elsewhere stands in the profile's rules.
struct Check {
    std::string_view id;  ///< as in the catalogue of requirements; stable for ever
    std::span<const std::string_view> covers = {};  ///< other catalogue IDs that are this rule
    std::string_view title;  ///< states what must be true, so that pass and fail read right
    Platform platform = Platform::any;
    Severity severity = Severity::blocker;
    std::span<const Variant> variants = {};
    std::string_view requirement;         ///< what AWS asks for, in our words
    std::string_view why;                 ///< what happens in practice if it is not so
    std::string_view source;              ///< URL, or document and section
    std::string_view looks_at;            ///< where the evidence comes from, on old and new systems
    std::string_view import_effect = {};  ///< what AWS does by itself on the image route
    std::string_view import_error = {};   ///< the message the import would end with
    std::string_view remedy = {};         ///< the next action, where the finding names no other
    Finding (*evaluate)(const Facts&, const Profile&) = nullptr;
};

}  // namespace guestprep
