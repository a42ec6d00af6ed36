// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/text_lines.h"

namespace guestprep {

TextLines::TextLines(std::string_view text) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        auto line = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        std::string_view ending = end == std::string_view::npos ? "" : "\n";
        if (!ending.empty() && line.ends_with('\r')) {
            line.remove_suffix(1);
            ending = "\r\n";
        }
        lines_.push_back({std::string(line), ending});
    }
}

std::string TextLines::str() const {
    std::string out;
    for (const auto& line : lines_) out.append(line.text).append(line.ending);
    return out;
}

void TextLines::erase(std::size_t at) {
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(at));
}

void TextLines::insert(std::size_t at, std::string text) {
    const std::string_view ending = lines_.empty() ? "\n" : lines_.front().ending;
    // A last line without an ending gets one when something comes after it.
    if (at == lines_.size() && at > 0 && lines_.back().ending.empty())
        lines_.back().ending = ending.empty() ? "\n" : ending;
    lines_.insert(lines_.begin() + static_cast<std::ptrdiff_t>(at),
                  {std::move(text), ending.empty() ? "\n" : ending});
}

}  // namespace guestprep
