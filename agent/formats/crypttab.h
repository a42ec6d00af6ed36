// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// One line of crypttab(5): what is unlocked at boot.
struct CrypttabEntry {
    std::size_t line = 0;
    std::string name;    ///< /dev/mapper/NAME
    std::string device;  ///< UUID=... or a path
    std::string key;     ///< a path, "none" or "-"; anything else is hidden
    std::vector<std::string> options;

    static void fields(auto& self, auto&& visit) {
        visit("line", self.line);
        visit("name", self.name);
        visit("device", self.device);
        visit("key", self.key);
        visit("options", self.options);
    }

    /// Swap (or /tmp) under a key that is drawn anew at each boot: no data, no header on the disk.
    [[nodiscard]] bool has_random_key() const;
    [[nodiscard]] std::string shown() const;
};

[[nodiscard]] std::vector<CrypttabEntry> parse_crypttab(std::string_view text);

}  // namespace guestprep
