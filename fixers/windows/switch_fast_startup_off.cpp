// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& now = facts.of_windows().boot.fast_startup;
    if (now == 0U) return ChangeSet{};
    RegistryEdits edits(facts);
    edits.set(keys::kSessionPower, "HiberbootEnabled", registry_dword(0));
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::switch_fast_startup_off{
    .id = "win-hiberboot",
    .title = "Switch Fast Startup off",
    .platform = Platform::windows_guest,
    .kind = FixKind::safe,
    .changes = "HiberbootEnabled.",
    .leaves =
        "Hibernation itself, and a file system that is hibernated already: end with shutdown /s /t "
        "0.",
    .plan = plan,
};

}  // namespace guestprep
