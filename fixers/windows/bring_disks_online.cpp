// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& now = facts.of_windows().boot.san_policy;
    if (now == 1U) return ChangeSet{};
    RegistryEdits edits(facts);
    edits.set(keys::kPartitionManager, "SanPolicy", registry_dword(1));
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::bring_disks_online{
    .id = "win-san-policy",
    .title = "Bring new disks online",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes = "SanPolicy of partmgr.",
    .leaves = "Disks that are online or offline now.",
    .plan = plan,
};

}  // namespace guestprep
