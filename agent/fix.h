// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/options.h"
#include "agent/run.h"

namespace guestprep {

/// Audits, plans, shows, applies, audits again. The exit code, or why nothing was begun.
[[nodiscard]] Result<int> run_fix(const Options& options, const Surroundings& around);

/// Takes a run back and audits again.
[[nodiscard]] Result<int> run_undo(const Options& options, const Surroundings& around);

/// Lists the runs that the guest's journals know.
[[nodiscard]] Result<int> run_runs(const Options& options, const Surroundings& around);

}  // namespace guestprep
