// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// A text cut into lines that can be put together again byte for byte, whatever its line endings:
/// what the editable formats stand on. Lines are counted from 0 here, from 1 in reports.
class TextLines {
public:
    TextLines() = default;
    explicit TextLines(std::string_view text);

    [[nodiscard]] std::string str() const;
    [[nodiscard]] std::size_t size() const { return lines_.size(); }
    /// Without its ending; a '\r' before the '\n' belongs to the ending.
    [[nodiscard]] const std::string& operator[](std::size_t at) const { return lines_[at].text; }

    void replace(std::size_t at, std::string text) { lines_[at].text = std::move(text); }
    void erase(std::size_t at);
    /// Puts a line before line `at`, ended as the file's other lines are.
    void insert(std::size_t at, std::string text);

private:
    struct Line {
        std::string text;
        std::string_view ending;  ///< "\n", "\r\n" or nothing
    };
    std::vector<Line> lines_;
};

}  // namespace guestprep
