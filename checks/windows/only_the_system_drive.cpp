// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Every drive that is in use must be exported; letters may change.
// Why:         A drive that is not exported is gone; one that is may come up under another
//              letter.
// Source:      AWS BYOL checks for Windows images.
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto& letters = windows.boot.mounted_letters;
    if (!letters) return unknown(letters.error());
    const auto system = system_drive(windows.system);
    std::vector<Evidence> others;
    for (const auto& letter : *letters)
        if (letter != system)
            others.push_back({value_at(keys::kMountedDevices, "\\DosDevices\\" + letter),
                              "a partition", "exported with the machine"});
    if (others.empty()) return pass("there is no other drive than " + system);
    auto summary = std::to_string(others.size()) + " other drive" +
                   (others.size() == 1 ? " has" : "s have") + " a letter";
    return fail(std::move(summary), std::move(others));
}

}  // namespace

constinit const Check checks::only_the_system_drive{
    .id = "win-drive-letters",
    .title = "The letters of data drives are known",
    .platform = Platform::windows_guest,
    .severity = Severity::warning,
    .requirement = "Every drive that is in use must be exported; letters may change.",
    .why = "A drive that is not exported is gone; one that is may come up under another letter.",
    .source = "AWS BYOL checks for Windows images.",
    .looks_at = "Letters below MountedDevices that stand for partitions.",
    .remedy =
        "Note which disk each letter belongs to, export them all, and look at the letters after "
        "the import.",
    .evaluate = evaluate,
};

}  // namespace guestprep
