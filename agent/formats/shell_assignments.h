// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// A file of shell assignments that some program sources: /etc/os-release, /etc/default/grub,
/// /etc/sysconfig/*. Lossless: text() gives back what was parsed, byte for byte.
///
/// Quotes and backslashes are taken away as a shell would; substitutions ("$(...)", `...`, "$X")
/// stay as they are written, since nothing is ever run. A line that a shell would not take as one
/// plain assignment is listed in malformed_lines() and gives no value.
class ShellAssignments {
public:
    struct Assignment {
        std::string name;
        std::string value;
        std::size_t line = 0;   ///< 1-based, where it begins
        std::size_t begin = 0;  ///< the value as written, quotes included: [begin, end) of text()
        std::size_t end = 0;
    };

    static ShellAssignments parse(std::string text);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<Assignment>& all() const { return assignments_; }
    [[nodiscard]] const std::vector<std::size_t>& malformed_lines() const { return malformed_; }
    /// The last assignment of that name, which is the one that counts; null for none.
    [[nodiscard]] const Assignment* find(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    /// Empty where it is not set.
    [[nodiscard]] std::string value_or_empty(std::string_view name) const;

    /// Replaces the value of the last assignment of that name, or adds one at the end. Everything
    /// else stays as it is.
    void set(std::string_view name, std::string_view value);

private:
    std::string text_;
    std::vector<Assignment> assignments_;
    std::vector<std::size_t> malformed_;
};

}  // namespace guestprep
