// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "agent/judge.h"
#include "agent/report/report.h"

namespace guestprep {

/// Can somebody get in after the import? One chain from the account to the address, made of what
/// the checks found. Linux only.
[[nodiscard]] ReportReachability reachability_of(const Facts& facts, const Profile& profile,
                                                 JudgeOptions options);

}  // namespace guestprep
