// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/text_lines.h"

namespace guestprep {

/// A word of a line of an interfaces file, and where it stands. Lines count from 1; a line that a
/// backslash continues is known by its first.
struct InterfacesWord {
    std::string text;
    std::size_t line = 0;
};

struct InterfacesOption {
    std::string key, value;
    std::size_t line = 0;
};

/// "iface eth0 inet static" with what belongs to it.
struct IfaceStanza {
    std::string name, family, method;
    std::vector<std::string> inherits;  ///< other stanzas whose options hold here too
    std::vector<InterfacesOption> options;
    std::size_t line = 0;

    /// The first value of an option; nullptr for none.
    [[nodiscard]] const InterfacesOption* option(std::string_view key) const;
};

/// "source /etc/network/interfaces.d/*"
struct InterfacesSource {
    bool directory = false;  ///< source-directory: only names of letters, digits, '-' and '_'
    std::string text;        ///< the whole directive, blanks made single
    std::string pattern;
    std::size_t line = 0;
    std::size_t before_stanza = 0;  ///< how many stanzas of this file stand before it
};

/// A file of ifupdown, interfaces(5). str() gives back what was read but for the edits.
class InterfacesFile {
public:
    InterfacesFile() = default;
    explicit InterfacesFile(std::string_view text);

    [[nodiscard]] std::string str() const { return lines_.str(); }
    std::vector<InterfacesWord> auto_names;     ///< auto, allow-auto
    std::vector<InterfacesWord> hotplug_names;  ///< allow-hotplug
    std::vector<InterfacesWord> mapped_names;   ///< patterns of mapping stanzas
    std::vector<InterfacesWord> renamed;        ///< "eth*=lan": what rename lines say
    std::vector<IfaceStanza> stanzas;
    std::vector<InterfacesSource> sources;
    /// Lines where no stanza or known keyword is: ifup then refuses the whole file.
    std::vector<std::size_t> misplaced;

    /// Makes `stanza` an "iface NAME FAMILY METHOD" of another method.
    void set_method(const IfaceStanza& stanza, std::string_view method);
    /// Turns the option's line into a comment.
    void comment_out(const InterfacesOption& option);

private:
    void parse();
    void statement(const std::string& text, std::size_t line);
    TextLines lines_;
    enum class Inside { none, iface, mapping } inside_ = Inside::none;
};

/// Where `interface` stands in a name of an auto line: "eth0", "/eth*", "eth0=home".
[[nodiscard]] bool interfaces_name_matches(std::string_view pattern, std::string_view interface);

}  // namespace guestprep
