// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/judge.h"
#include "agent/report/report.h"

namespace guestprep {

/// Can somebody get in after the import? One chain from the account to the address, made of what
/// the checks found: by SSH, or by Remote Desktop into Windows.
[[nodiscard]] ReportReachability reachability_of(const Facts& facts, const Profile& profile,
                                                 const JudgeOptions& options);

}  // namespace guestprep
