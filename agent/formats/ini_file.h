// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/text_lines.h"

namespace guestprep {

/// `keyfile`: GLib's, as NetworkManager uses it: only '#' begins a comment, a line is a line.
/// `systemd`: ';' too, and a backslash at the end of a line joins the next to it.
enum class IniDialect : unsigned char { keyfile, systemd };

struct IniEntry {
    std::string section, key, value;
    std::size_t line = 0;           ///< from 1
    std::size_t section_index = 0;  ///< tells two sections of one name apart
};

/// [sections] with key=value lines; keys and sections may repeat. str() gives back what was read
/// but for the edits.
class IniFile {
public:
    IniFile() = default;
    explicit IniFile(std::string_view text, IniDialect dialect = IniDialect::keyfile);

    [[nodiscard]] std::string str() const { return lines_.str(); }
    [[nodiscard]] const std::vector<IniEntry>& entries() const { return entries_; }
    [[nodiscard]] const std::vector<std::string>& sections() const { return sections_; }
    [[nodiscard]] bool has_section(std::string_view name) const;
    /// The last one of that name; nullptr for none.
    [[nodiscard]] const IniEntry* find(std::string_view section, std::string_view key) const;
    /// Its value; nothing where it is not there or empty.
    [[nodiscard]] std::optional<std::string> value(std::string_view section,
                                                   std::string_view key) const;
    /// Lines with text before the first section, which every reader ignores.
    [[nodiscard]] const std::vector<std::size_t>& before_first_section() const { return before_; }
    /// Lines that are neither a section, an assignment nor a comment.
    [[nodiscard]] const std::vector<std::size_t>& malformed() const { return malformed_; }

    /// Gives the last such entry another value, or adds one at the end of its section.
    void set(std::string_view section, std::string_view key, std::string_view value);
    /// Turns every such entry into a comment.
    void comment_out(std::string_view section, std::string_view key);

private:
    void parse();
    void statement(const std::string& text, std::size_t line);
    [[nodiscard]] std::size_t end_of_section(std::string_view name) const;
    TextLines lines_;
    IniDialect dialect_ = IniDialect::keyfile;
    std::vector<IniEntry> entries_;
    std::vector<std::string> sections_;
    std::vector<std::size_t> before_, malformed_;
};

}  // namespace guestprep
