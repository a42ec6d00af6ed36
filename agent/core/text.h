// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guestprep {

/// Cuts `text` at every '\n'. A '\r' before it belongs to the line ending and is cut too.
/// "a\nb" and "a\nb\n" both give {"a", "b"}.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// Fields between runs of `blanks`.
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view text,
                                                     std::string_view blanks = " \t\r\n\v\f");
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string_view trimmed(std::string_view text);
[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view between);
[[nodiscard]] std::string lowercase(std::string_view text);  ///< ASCII only
[[nodiscard]] bool equal_ignoring_case(std::string_view a, std::string_view b);
[[nodiscard]] bool contains(std::string_view text, std::string_view part);

/// The whole of `text` as a number; nothing where anything else stands in it or it overflows.
[[nodiscard]] std::optional<std::uint64_t> to_number(std::string_view text, int base = 10);

/// Shell patterns with *, ? and [...] as fnmatch(3) knows them, without FNM_PATHNAME. Linear in
/// the length of `text` times that of `pattern` at worst.
[[nodiscard]] bool matches_glob(std::string_view pattern, std::string_view text);

/// Valid UTF-8 whatever comes in; other bytes become U+FFFD, as a report promises.
[[nodiscard]] std::string to_utf8(std::string_view bytes);

/// One line of a guest's file made fit for a report: valid UTF-8, control characters as spaces,
/// cut at `most` characters with an ellipsis.
[[nodiscard]] std::string shown(std::string_view line, std::size_t most = 160);

/// "/etc/fstab:3"
[[nodiscard]] std::string at_line(std::string_view path, std::size_t line);

/// Compares versions as rpm and dpkg do at heart: runs of digits by value, the rest by text.
/// <0, 0, >0 for older, equal, newer.
[[nodiscard]] int compare_versions(std::string_view a, std::string_view b);

/// How many single-character edits lie between two words; for "did you mean".
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

}  // namespace guestprep
