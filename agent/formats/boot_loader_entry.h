// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// One file of /boot/loader/entries (Boot Loader Specification). Lossless: text() gives back what
/// was parsed.
class BootLoaderEntry {
public:
    struct Line {
        std::string key;
        std::string value;
        std::size_t number = 0;  ///< 1-based
        std::size_t begin = 0;   ///< the value: [begin, end) of text()
        std::size_t end = 0;
    };

    /// `name` is the file's, with or without ".conf": the entry's ID.
    static BootLoaderEntry parse(std::string_view name, std::string text);

    [[nodiscard]] const std::string& id() const { return id_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    /// The first of that key; null for none.
    [[nodiscard]] const Line* find(std::string_view key) const;
    [[nodiscard]] std::string value(std::string_view key) const;  ///< empty for none
    /// Keys that may be repeated, joined with a blank: "options", "initrd".
    [[nodiscard]] std::string all(std::string_view key) const;
    void set(std::string_view key, std::string_view value);

private:
    std::string id_;
    std::string text_;
    std::vector<Line> lines_;
};

/// How GRUB's blscfg orders entries: rpm's way to compare versions. The greatest comes first in the
/// menu.
[[nodiscard]] std::strong_ordering compare_entry_ids(std::string_view a, std::string_view b);

}  // namespace guestprep
