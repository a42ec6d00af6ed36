// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace guestprep {

/// A path inside the guest: absolute, '/' between components, no "." or ".." and no doubled or
/// trailing slash. A type of its own, so that a path of the machine that runs the program (which
/// may be another one, under --root) cannot be mistaken for it.
class GuestPath {
public:
    GuestPath() = default;
    /// Normalises by text alone: "etc//x/../fstab" is "/etc/fstab". Links are the reader's matter.
    explicit GuestPath(std::string_view text);

    [[nodiscard]] const std::string& str() const { return text_; }
    [[nodiscard]] std::string_view name() const;  ///< last component; empty for "/"
    [[nodiscard]] GuestPath parent() const;
    [[nodiscard]] GuestPath operator/(std::string_view child) const;
    /// The path a symbolic link at this place points to.
    [[nodiscard]] GuestPath link_target(std::string_view target) const;

    auto operator<=>(const GuestPath&) const = default;

private:
    std::string text_ = "/";
};

}  // namespace guestprep
