// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "agent/core/profile.h"
#include "agent/facts/facts.h"

namespace guestprep {

struct PlanWishes {
    Route route = Route::image;
    std::string licence;  ///< "AWS", "BYOL" or empty: the one that suits the guest
};

/// What the operator does on the AWS side for this guest, step by step: policies, export, upload,
/// commands, what AWS will change by itself, what to do afterwards.
[[nodiscard]] std::string import_plan(const Facts& facts, const Profile& profile,
                                      const PlanWishes& wishes);

}  // namespace guestprep
