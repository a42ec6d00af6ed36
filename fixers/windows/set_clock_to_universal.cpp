// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    if (facts.of_windows().system.real_time_is_universal.value_or(0) != 0) return ChangeSet{};
    RegistryEdits edits(facts);
    edits.set(keys::kTimeZone, "RealTimeIsUniversal", registry_dword(1));
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::set_clock_to_universal{
    .id = "win-rtc-universal",
    .title = "Take the hardware clock for universal time",
    .platform = Platform::windows_guest,
    .kind = FixKind::safe,
    .changes = "RealTimeIsUniversal.",
    .leaves = "The clock of the source, which jumps at its next start there.",
    .plan = plan,
};

}  // namespace guestprep
