// SPDX-License-Identifier: Apache-2.0
#include "agent/core/diff.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace guestprep {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::size_t kContext = 3;
/// Cells of the table below: 16 MiB of memory at the most.
constexpr std::size_t kMostCells = std::size_t{1} << 22;

/// Each with its line ending.
Lines lines_with_ends(std::string_view text) {
    Lines lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

/// One line of the outcome: ' ', '-' or '+', and the line.
struct Marked {
    char mark;
    std::string_view line;
};

/// The longest common subsequence of what differs between the same beginning and the same end.
void mark_middle(std::span<const std::string_view> a, std::span<const std::string_view> b,
                 std::vector<Marked>& out) {
    const auto width = b.size() + 1;
    const bool small = (a.size() + 1) * width <= kMostCells;
    std::vector<std::uint32_t> common(small ? (a.size() + 1) * width : 0);
    if (small)
        for (std::size_t i = a.size(); i-- > 0;)
            for (std::size_t j = b.size(); j-- > 0;)
                common[i * width + j] =
                    a[i] == b[j] ? common[(i + 1) * width + j + 1] + 1
                                 : std::max(common[(i + 1) * width + j], common[i * width + j + 1]);
    std::size_t i = 0;
    std::size_t j = 0;
    while (small && i < a.size() && j < b.size()) {
        if (a[i] == b[j]) {
            out.push_back({' ', a[i++]});
            ++j;
        } else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) {
            out.push_back({'-', a[i++]});
        } else {
            out.push_back({'+', b[j++]});
        }
    }
    while (i < a.size()) out.push_back({'-', a[i++]});
    while (j < b.size()) out.push_back({'+', b[j++]});
}

std::vector<Marked> marked(const Lines& a, const Lines& b) {
    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
    std::size_t tail = 0;
    while (tail < a.size() - head && tail < b.size() - head &&
           a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    std::vector<Marked> out;
    for (std::size_t i = 0; i < head; ++i) out.push_back({' ', a[i]});
    mark_middle(std::span(a).subspan(head, a.size() - head - tail),
                std::span(b).subspan(head, b.size() - head - tail), out);
    for (std::size_t i = a.size() - tail; i < a.size(); ++i) out.push_back({' ', a[i]});
    return out;
}

/// "12,3", as diff writes a range: the line before where it is empty.
std::string range(std::size_t first, std::size_t count) {
    const auto begin = count == 0 ? first : first + 1;
    auto text = std::to_string(begin);
    if (count != 1) text += "," + std::to_string(count);
    return text;
}

void write_hunk(std::span<const Marked> lines, std::size_t at_a, std::size_t at_b,
                std::string& out) {
    const auto count = [&](char without) {
        return static_cast<std::size_t>(
            std::ranges::count_if(lines, [&](const Marked& m) { return m.mark != without; }));
    };
    out += "@@ -" + range(at_a, count('+')) + " +" + range(at_b, count('-')) + " @@\n";
    for (const auto& line : lines) {
        out += line.mark;
        out += line.line;
        if (!line.line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
    }
}

}  // namespace

std::string unified_diff(std::string_view name, const std::optional<std::string>& before,
                         const std::optional<std::string>& after) {
    if (before == after) return {};
    const auto all = marked(lines_with_ends(before ? std::string_view(*before) : ""),
                            lines_with_ends(after ? std::string_view(*after) : ""));
    std::string out = "--- " + (before ? std::string(name) : "/dev/null") + "\n+++ " +
                      (after ? std::string(name) : "/dev/null") + "\n";
    std::size_t at_a = 0;
    std::size_t at_b = 0;
    const auto advance = [&](const Marked& line) {
        at_a += line.mark != '+' ? 1 : 0;
        at_b += line.mark != '-' ? 1 : 0;
    };
    for (std::size_t i = 0; i < all.size();) {
        const auto changed = static_cast<std::size_t>(
            std::find_if(all.begin() + static_cast<std::ptrdiff_t>(i), all.end(),
                         [](const Marked& m) { return m.mark != ' '; }) -
            all.begin());
        if (changed == all.size()) break;
        const auto begin = std::max(i, changed - std::min(changed, kContext));
        auto last = changed;
        for (auto j = changed; j < all.size() && j <= last + 2 * kContext; ++j)
            if (all[j].mark != ' ') last = j;
        const auto end = std::min(last + kContext + 1, all.size());
        for (; i < begin; ++i) advance(all[i]);
        write_hunk(std::span(all).subspan(begin, end - begin), at_a, at_b, out);
        for (; i < end; ++i) advance(all[i]);
    }
    return out;
}

}  // namespace guestprep
