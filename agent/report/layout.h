// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agent/report/report.h"

namespace guestprep {

/// Characters, not bytes: what a terminal shows of UTF-8.
[[nodiscard]] std::size_t width_of(std::string_view text);

/// `text` in lines of at most `width` characters, broken at blanks; a word that is longer than a
/// line stays whole, since it is a path or a key that somebody will copy.
[[nodiscard]] std::vector<std::string> wrapped(std::string_view text, std::size_t width);

/// "NOT READY"
[[nodiscard]] std::string_view verdict_words(Verdict verdict);

/// "2 blockers, 1 warning, 1 not determined, 12 to do by hand, 61 passed"
[[nodiscard]] std::string counted(const Report& report);

/// Failing findings of one severity, in report order.
[[nodiscard]] std::vector<const ReportFinding*> failing(const Report& report, Severity severity);
[[nodiscard]] std::vector<const ReportFinding*> with_status(const Report& report, Status status);

/// "Under vmie-2018 also not ready, for the same reasons." and the like, one sentence for each
/// profile and route that was judged besides the report's own.
[[nodiscard]] std::vector<std::string> other_verdicts(const Report& report);

/// "db7   Debian GNU/Linux 12.5, kernel 6.1.0-28-amd64, VMware, BIOS"
[[nodiscard]] std::string host_line(const Report& report);

/// One command as a person would type it, quoted where the shell needs it.
[[nodiscard]] std::string typed(const std::vector<std::string>& argv);

}  // namespace guestprep
