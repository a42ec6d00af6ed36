// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "agent/apply/journal.h"
#include "agent/core/change_set.h"
#include "agent/host/host.h"

namespace guestprep {

/// A change and whose it is.
struct PlannedChange {
    std::string fixer;
    Change change;
};

/// What apply and undo work on.
struct Workshop {
    const FileReader& files;
    FileWriter& writer;
    /// Runs commands of the guest; nullptr where they cannot run here.
    const CommandRunner* commands = nullptr;
    /// Of a Windows guest; nullptr elsewhere.
    const RegistryReader* registry = nullptr;
    RegistryWriter* registry_writer = nullptr;
};

/// How it went. Exit codes 0, 4 and 5 of the program are this.
struct Applied {
    Outcome outcome = Outcome::applied;
    std::string trouble;             ///< why it failed, and what could not be put back
    std::vector<std::string> notes;  ///< what an earlier run left, what is kept where
    Run run;                         ///< the steps with their backups
};

/// Makes the changes in order: lock, unfinished earlier runs taken back, every `before` compared
/// with what is there, space, journal, then step by step. On trouble everything done is taken back.
///
/// Errors, before anything is touched: host_changed (what is there is not what was read, or another
/// run is at work), unsupported, access_denied, io.
[[nodiscard]] Result<Applied> apply(const std::vector<PlannedChange>& changes, Workshop& shop,
                                    const std::string& run_id);

/// Takes a run back, its last step first, where everything is still as the run left it. `wanted`
/// chooses by the fixer's ID. Errors: not_found, host_changed (names the file; nothing was
/// touched), unsupported (it cannot be taken back).
[[nodiscard]] Result<Applied> undo(const Run& run, Workshop& shop,
                                   const std::function<bool(const std::string&)>& wanted);

/// Finishes what runs that died half-way have left: takes them back. Says so, a line per run. The
/// caller holds the lock.
[[nodiscard]] Result<std::vector<std::string>> recover(Workshop& shop);

/// The lock that apply, undo and recover work under; makes the folder.
[[nodiscard]] Result<std::unique_ptr<FileWriter::Lock>> lock_runs(FileWriter& writer);

}  // namespace guestprep
