// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& now = facts.of_windows().boot.no_automount;
    if (now == 0U) return ChangeSet{};
    RegistryEdits edits(facts);
    edits.set(keys::kMountManager, "NoAutoMount", registry_dword(0));
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::mount_new_volumes{
    .id = "win-automount",
    .title = "Mount new volumes",
    .platform = Platform::windows_guest,
    .kind = FixKind::safe,
    .changes = "NoAutoMount of mountmgr.",
    .leaves = "Volumes that have a letter.",
    .plan = plan,
};

}  // namespace guestprep
