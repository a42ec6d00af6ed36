// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/judge.h"

namespace guestprep {

/// Judges `facts` under `profile` as `options` ask, and under every built-in profile and route
/// besides, and puts it all into a report. The caller fills in when, how long and where.
[[nodiscard]] Report make_report(const Facts& facts, const Profile& profile,
                                 const JudgeOptions& options);

}  // namespace guestprep
