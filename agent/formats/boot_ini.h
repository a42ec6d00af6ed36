// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/text_lines.h"

namespace guestprep {

/// A line of [operating systems]: multi(0)disk(0)rdisk(0)partition(1)\WINDOWS="Title" /fastdetect
struct BootIniEntry {
    std::string path, title;
    std::vector<std::string> switches;  ///< as they stand: "/fastdetect", "/redirect"
    std::size_t line = 0;               ///< from 1

    /// "/safeboot:minimal" is asked for as "/safeboot"; its value is what follows the colon or "=".
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] std::optional<std::string> value(std::string_view name) const;
};

/// boot.ini, which NTLDR of Server 2003 and XP reads. Names and switches are compared without
/// regard to case. str() gives back what was read but for the edits.
class BootIni {
public:
    explicit BootIni(std::string_view text);

    [[nodiscard]] std::string str() const { return lines_.str(); }
    [[nodiscard]] const std::vector<BootIniEntry>& entries() const { return entries_; }
    /// default=, or nothing; where several lines say different things, what counts is not known.
    [[nodiscard]] const std::optional<std::string>& default_path() const { return default_path_; }
    [[nodiscard]] bool has_two_defaults() const { return has_two_defaults_; }
    [[nodiscard]] std::size_t default_line() const { return default_line_; }
    /// The first entry for the default path; without default= the first of all. nullptr where there
    /// is none, or the default is not known.
    [[nodiscard]] const BootIniEntry* default_entry() const;
    /// redirect=, which sends Emergency Management Services to a serial port; nothing where it is
    /// not there or empty.
    [[nodiscard]] const std::optional<std::string>& redirect() const { return redirect_; }
    [[nodiscard]] std::size_t redirect_line() const { return redirect_line_; }
    [[nodiscard]] bool has_systems() const { return has_systems_; }

    /// Takes out redirect=, redirectbaudrate= and every /redirect switch.
    void switch_redirection_off();
    /// Takes a switch out of the entry on that line.
    void remove_switch(std::size_t line, std::string_view name);

private:
    void parse();
    void take_setting(std::string_view line, std::size_t number);

    TextLines lines_;
    std::vector<BootIniEntry> entries_;
    std::optional<std::string> default_path_, redirect_;
    std::size_t default_line_ = 0, redirect_line_ = 0;
    bool has_two_defaults_ = false, has_systems_ = false;
};

}  // namespace guestprep
