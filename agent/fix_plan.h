// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agent/apply/apply.h"
#include "agent/core/fixer.h"
#include "agent/host/host.h"
#include "agent/judge.h"

namespace guestprep {

/// Where commands of the guest run.
enum class CommandPlace : std::uint8_t {
    running_system,
    directory,  ///< with the directory as their root, on a machine that is not the guest's
    nowhere     ///< left to be run in the guest
};

/// What the operator wants fixed.
struct FixChoice {
    std::vector<std::string> include;  ///< globs over IDs: opt-in fixers that may run
    bool allow_irreversible = false;
    CommandPlace commands = CommandPlace::running_system;
    FixWishes wishes;
};

/// What one fixer plans, or why it plans nothing.
struct FixerPlan {
    const Fixer* fixer = nullptr;
    ChangeSet set;
    std::string refused;
};

/// What a run would do, and what the guest would be like then.
struct FixPlan {
    Facts before, foreseen;
    std::vector<FixerPlan> fixers;       ///< those that were asked
    std::vector<PlannedChange> changes;  ///< in the order in which they are made
    std::vector<CommandStep> left;       ///< commands that have to be run in the guest
};

/// What the fixers would do something for under the newest rules, as Facts::fixes has it.
[[nodiscard]] std::map<std::string, std::string> possible_fixes(const Facts& facts);

/// The fixer that helps a check; nullptr where there is none.
[[nodiscard]] const Fixer* fixer_for(std::string_view check_id);
[[nodiscard]] std::string_view kind_name(FixKind kind);  ///< "safe", "opt-in", "irreversible"

/// Asks every fixer whose check fails and that the choice admits. Each sees the guest as the ones
/// before it will leave it. Touches nothing. Error unsupported, where the plan would leave a guest
/// that is harder to get into than it is now.
[[nodiscard]] Result<FixPlan> plan_fixes(const Host& host, const Profile& profile,
                                         const JudgeOptions& options, const FixChoice& choice);

/// Whether one of the things that a login after the import depends on passed before and does not
/// any more. Error unsupported, naming the first.
[[nodiscard]] Result<void> leaves_a_way_in(const Facts& before, const Facts& after,
                                           const Profile& profile, const JudgeOptions& options);

}  // namespace guestprep
