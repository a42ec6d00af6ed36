// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "agent/apply/apply.h"

/// What one step of a run does, and how it is taken back. Shared by the files of this folder.
namespace guestprep {

/// The step for a change, with what it will touch as it is now and, where that is known beforehand,
/// as it will be. `earlier` steps of the run count as done. Errors: host_changed where what is
/// there is not the change's `before`.
[[nodiscard]] Result<Step> plan_step(const PlannedChange& change, const std::vector<Step>& earlier,
                                     const Workshop& shop);

/// Copies what the step touches into the run's folder.
[[nodiscard]] Result<void> keep_copies(Step& step, const std::string& run_id, Workshop& shop);

/// Does it, looks whether it is as it should be, and notes what it has become.
[[nodiscard]] Result<void> do_step(Step& step, const Change& change, Workshop& shop);

/// Puts back what the step touched. Nothing to do for what is as before already.
[[nodiscard]] Result<void> undo_step(const Step& step, const std::string& run_id, Workshop& shop);

/// Whether every chosen step's files are as the run left them, or as they were before it.
[[nodiscard]] Result<void> can_undo(const Run& run, const Workshop& shop,
                                    const std::function<bool(const Step&)>& chosen);

}  // namespace guestprep
