// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "agent/core/result.h"
#include "agent/report/report.h"

namespace guestprep {

enum class ReportFormat : std::uint8_t { text, json, html, junit, markdown };
constexpr std::array<std::string_view, 5> enum_names(ReportFormat) {
    return {"text", "json", "html", "junit", "markdown"};
}

struct TextStyle {
    bool colour = false;
    bool quiet = false;    ///< the verdict line and what stands in the way
    bool verbose = false;  ///< also what passed and what does not apply
};

[[nodiscard]] std::string render_text(const Report& report, const TextStyle& style);
[[nodiscard]] std::string render_json(const Report& report);
/// One page without scripts or anything fetched from elsewhere.
[[nodiscard]] std::string render_html(const Report& report);
/// JUnit XML: a test case per check; a failing blocker or warning is a failure, unknown an error.
[[nodiscard]] std::string render_junit(const Report& report);
[[nodiscard]] std::string render_markdown(const Report& report);
[[nodiscard]] std::string render(const Report& report, ReportFormat format, const TextStyle& style);

/// Many hosts on one page: a line each, then what stands in the way most often.
[[nodiscard]] std::string render_fleet(std::span<const Report> reports, ReportFormat format,
                                       const TextStyle& style);

/// Errors: bad_syntax, naming the member that is missing or of the wrong type.
[[nodiscard]] Result<Report> report_from_json(std::string_view text);

}  // namespace guestprep
