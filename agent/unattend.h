// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/options.h"
#include "agent/run.h"

namespace guestprep {

/// `guestprep unattend`: looks at the answer file for Sysprep where there is one, and writes one
/// for this system where there is none, or with --force. Written with a journal: `guestprep undo`
/// takes it back. Exit codes: 0, sound or written; 1, what is there has problems; 3.
[[nodiscard]] Result<int> run_unattend(const Options& options, const Surroundings& around);

}  // namespace guestprep
