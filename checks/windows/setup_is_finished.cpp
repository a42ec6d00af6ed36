// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Sysprep may be run before or after the import; a setup that stopped half-way may
//              not.
// Why:         The first boot in EC2 then goes on with a setup that waits for somebody at the
//              console.
// Source:      2018 document, Windows; https://docs.aws.amazon.com/vm-
//              import/latest/userguide/vmimport-troubleshooting.html
#include <utility>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kSealed = "IMAGE_STATE_GENERALIZE_RESEAL_TO_OOBE";

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& software = facts.of_windows().software;
    const auto& image = software.image_state;
    // A sealed image is in the middle of setup on purpose.
    if (image && *image == kSealed)
        return pass("Sysprep has generalized this system; setup goes on at the next start");
    const std::pair<const Fact<std::uint64_t>*, std::string_view> marks[] = {
        {&software.setup_type, "SetupType"},
        {&software.setup_in_progress, "SystemSetupInProgress"},
        {&software.oobe_in_progress, "OOBEInProgress"},
        {&software.upgrade_in_progress, "UpgradeInProgress"}};
    std::vector<Evidence> open;
    for (const auto& [value, name] : marks)
        if (*value && **value != 0)
            open.push_back({value_at(keys::kSetup, name), std::to_string(**value), "0"});
    if (image && *image != "IMAGE_STATE_COMPLETE")
        open.push_back({value_at(below(keys::kWindows, "Setup\\State"), "ImageState"),
                        shown(*image), "IMAGE_STATE_COMPLETE"});
    if (!open.empty()) return fail("a setup is not finished", std::move(open));
    if (!software.setup_type) return unknown(software.setup_type.error());
    for (const auto& [value, name] : marks)
        if (!*value && !value->is_absent()) return unknown(value->error());
    if (!image && !image.is_absent()) return unknown(image.error());
    return pass("no setup is under way");
}

}  // namespace

constinit const Check checks::setup_is_finished{
    .id = "win-sysprep-state",
    .title = "Windows setup and Sysprep are finished",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement =
        "Sysprep may be run before or after the import; a setup that stopped half-way may not.",
    .why =
        "The first boot in EC2 then goes on with a setup that waits for somebody at the console.",
    .source =
        "2018 document, Windows; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/vmimport-troubleshooting.html",
    .looks_at =
        "SetupType, SystemSetupInProgress, OOBEInProgress and UpgradeInProgress below "
        "HKLM\\SYSTEM\\Setup, ImageState.",
    .remedy = "Start the guest once, let setup end, and shut it down in order.",
    .evaluate = evaluate,
};

}  // namespace guestprep
