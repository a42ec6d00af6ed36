// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/text_lines.h"

namespace guestprep {

/// One NAME=value of a file that a shell sources.
struct ShellSetting {
    std::string name;
    std::string value;      ///< quotes and escapes taken away
    std::size_t line = 0;   ///< counted from 1
    bool computed = false;  ///< holds $X, $(...) or `...`: the value is not known here
};

/// A file of shell assignments (/etc/sysconfig/*, ifcfg-*), read line by line as NetworkManager and
/// the initscripts' greps do. str() gives back what was read, byte for byte, but for the edits.
class ShellSettings {
public:
    ShellSettings() = default;
    explicit ShellSettings(std::string_view text);

    [[nodiscard]] std::string str() const { return lines_.str(); }
    [[nodiscard]] const std::vector<ShellSetting>& settings() const { return settings_; }
    /// The last assignment, which is the one that counts; nullptr for none.
    [[nodiscard]] const ShellSetting* find(std::string_view name) const;
    /// Nothing for a name that is not set or set to nothing.
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
    /// Lines, from 1, that a shell would not take as plain assignments.
    [[nodiscard]] const std::vector<std::size_t>& malformed() const { return malformed_; }
    /// A quote that does not end on its line: a shell and NetworkManager read the rest of the file
    /// differently, so nothing in it is certain.
    [[nodiscard]] bool has_open_quote() const { return has_open_quote_; }

    /// Gives the last assignment another value, leaving a comment behind it; adds a line where
    /// there is none.
    void set(std::string_view name, std::string_view value);
    /// Turns every assignment of `name` into a comment.
    void comment_out(std::string_view name);

private:
    void parse();
    TextLines lines_;
    std::vector<ShellSetting> settings_;
    std::vector<std::size_t> malformed_;
    bool has_open_quote_ = false;
};

/// Shell truth as the network scripts and NetworkManager know it: "yes", "on", "1", ...
[[nodiscard]] bool is_shell_true(std::string_view value);
[[nodiscard]] bool is_shell_false(std::string_view value);

}  // namespace guestprep
