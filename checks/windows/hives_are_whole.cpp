// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The verdict is only as good as what was read.
// Why:         A hive that is damaged, or that misses its last changes, tells an old or a wrong
//              state.
// Source:      This program's own rule.
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& troubles = facts.of_windows().system.troubles;
    std::vector<Evidence> seen;
    for (const auto& trouble : troubles)
        seen.push_back({"registry", shown(trouble), "closed cleanly"});
    if (!seen.empty()) {
        auto summary = seen.front().found;
        return fail(std::move(summary), std::move(seen));
    }
    if (!facts.windows) return unknown("no registry was read");
    const auto& notes = facts.windows->system.notes;
    for (const auto& note : notes) seen.push_back({"registry", shown(note), ""});
    return pass(notes.empty() ? "nothing is wrong with the hives that were read"
                              : shown(notes.front()))
        .with(std::move(seen));
}

}  // namespace

constinit const Check checks::hives_are_whole{
    .id = "win-hives",
    .title = "The registry hives are whole",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "The verdict is only as good as what was read.",
    .why =
        "A hive that is damaged, or that misses its last changes, tells an old or a wrong state.",
    .source = "This program's own rule.",
    .looks_at = "The base blocks, logs and cells of the hives that were read.",
    .remedy =
        "Start Windows, shut it down in order, and audit again; a damaged hive needs repair first.",
    .evaluate = evaluate,
};

}  // namespace guestprep
