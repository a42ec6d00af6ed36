// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::uint32_t kNotify = 2;

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& software = facts.of_windows().software;
    if (software.update_option_by_policy)
        return failure(Errc::unsupported, "group policy chooses the setting: change the policy");
    RegistryEdits edits(facts);
    edits.set(keys::kUpdate, "AUOptions", registry_dword(kNotify));
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::choose_update_setting{
    .id = "win-update-setting",
    .title = "Let Windows Update tell before it downloads",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes = "AUOptions: 2, notify.",
    .leaves = "What group policy says; the service itself.",
    .plan = plan,
};

}  // namespace guestprep
