// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// One assignment of a unit file. An empty value resets what stood before it.
struct UnitEntry {
    std::string section;  ///< "Unit"; empty for lines before the first section
    std::string key;
    std::string value;
    std::size_t line = 0;
};

/// A systemd unit file or drop-in (also .network and .link files), for reading.
struct SystemdUnit {
    std::vector<UnitEntry> entries;
    std::vector<std::string> sections;  ///< in order, also those that hold nothing

    [[nodiscard]] bool has_section(std::string_view name) const;
    /// The last value; empty where there is none.
    [[nodiscard]] std::string_view value(std::string_view section, std::string_view key) const;
    /// Every word assigned to the key, over all its lines; an empty assignment starts anew.
    [[nodiscard]] std::vector<std::string> words(std::string_view section,
                                                 std::string_view key) const;
};

[[nodiscard]] SystemdUnit parse_systemd_unit(std::string_view text);

}  // namespace guestprep
