// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/fix_plan.h"
#include "agent/report/report.h"

/// What runs put into a report, and how they are listed.
namespace guestprep {

/// The changes with their diffs, what the fixers say, and how it went.
void add_plan(Report& report, const FixPlan& plan, const Applied& applied);
void add_undo(Report& report, const Run& run, const Applied& undone);

/// `fixed` is what failed before and passes now; a fixer's own word does not count.
void mark_fixed(Report& report, const Report& before);

[[nodiscard]] std::string runs_text(const std::vector<Run>& runs);
[[nodiscard]] std::string runs_json(const std::vector<Run>& runs);

}  // namespace guestprep
