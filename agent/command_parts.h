// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

#include "agent/judge.h"
#include "agent/options.h"
#include "agent/report/render.h"
#include "agent/run.h"

/// What several commands need.
namespace guestprep {

enum ExitCode : int {
    kReady = 0,
    kNotReady = 1,
    kUndetermined = 2,
    kWrongUse = 3,
    kRolledBack = 4,
    kIncomplete = 5
};

/// "2026-01-31T12:00:00Z"
[[nodiscard]] std::string utc_now();

/// The name of a run that starts now: "20260131T120000Z-4711".
[[nodiscard]] std::string new_run_id();

/// A file of the machine that runs the program, not of the guest. Error not_found.
[[nodiscard]] Result<std::string> read_own_file(const std::string& path);

/// A built-in profile, or a file. Errors: not_found, bad_syntax.
[[nodiscard]] Result<Profile> choose_profile(const std::string& name);

/// Errors: bad_syntax for IDs that name no check, and for waivers that cannot be understood.
[[nodiscard]] Result<JudgeOptions> judge_options(const Options& options);
/// The same for one list of IDs and globs.
[[nodiscard]] Result<void> check_ids(const char* option, const std::vector<std::string>& patterns);

/// Hands each wanted format to its file or to standard output. Error io.
[[nodiscard]] Result<void> deliver(
    const Options& options, const Surroundings& around,
    const std::function<std::string(ReportFormat, const TextStyle&)>& make);

[[nodiscard]] int exit_code_of(Verdict verdict);

}  // namespace guestprep
