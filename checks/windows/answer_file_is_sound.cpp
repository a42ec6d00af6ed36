// SPDX-License-Identifier: Apache-2.0
//
// Requirement: an answer file of one's own fits the machine and lets the first boot run unattended.
// Why:         Sysprep's first boot otherwise waits for somebody at a console that is not there.
// Source:      2018 document, Windows: "To include your own answer file".
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    if (const auto release = release_of(windows.system); release && !release->at_least(6, 0))
        return not_applicable("Server 2003 has no such file");
    const auto& file = windows.software.answer_file;
    if (file.is_absent())
        return not_applicable("there is none: AWS adds its own where Sysprep was run");
    if (!file) return unknown(file.error());
    std::vector<Evidence> seen;
    for (const auto& problem : file->problems)
        seen.push_back({problem.line == 0 ? file->path : at_line(file->path, problem.line),
                        problem.text, "as 'guestprep unattend' writes it"});
    if (seen.empty()) return pass(file->path + " fits this system");
    auto summary = file->path + ": " + seen.front().found;
    return fail(std::move(summary), std::move(seen));
}

}  // namespace

constinit const Check checks::answer_file_is_sound{
    .id = "win-sysprep-answerfile",
    .title = "The answer file for Sysprep fits this system",
    .platform = Platform::windows_guest,
    .severity = Severity::advice,
    .requirement =
        "An answer file of one's own lies in the Panther folder as unattend.xml, for the system's "
        "architecture, and answers the questions of the first boot.",
    .why = "The first boot after Sysprep otherwise waits for somebody at the console.",
    .source = "2018 document, Windows (own answer file)",
    .looks_at =
        "Windows\\Panther\\unattend.xml: well-formed, pass, components, attributes, values.",
    .remedy = "guestprep unattend --force writes a new one; or mend what is named.",
    .evaluate = evaluate,
};

}  // namespace guestprep
