// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "agent/catalogue.h"
#include "agent/facts/facts.h"
#include "agent/report/report.h"
#include "agent/waivers.h"

namespace guestprep {

/// What is asked of a judgement besides the facts.
struct JudgeOptions {
    Route route = Route::image;
    Target target = Target::any;
    Severity fail_on = Severity::blocker;  ///< what stands in the way of "ready"
    std::vector<std::string> only;         ///< globs over IDs; empty: every check
    std::vector<std::string> skip;
    std::vector<Waiver> waivers;
    std::string today;  ///< "2026-11-23"; waivers whose last day is before it do not count
};

struct Judged {
    const CatalogueEntry* entry = nullptr;
    Finding finding;
    Severity severity = Severity::advice;
    const Waiver* waiver = nullptr;  ///< into JudgeOptions::waivers; shown even when it is past
};

struct Judgement {
    std::vector<Judged> findings;  ///< every entry of the platform once, in report order
    Verdict verdict = Verdict::undetermined;
    std::vector<std::string> because;  ///< IDs of the findings that decided the verdict
};

/// Judges facts under one profile and route. Pure: the same facts give the same findings.
[[nodiscard]] Judgement judge(const Facts& facts, const Profile& profile,
                              const JudgeOptions& options);

}  // namespace guestprep
