// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_services.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto* service = service_called(facts.of_windows().system, "wuauserv");
    if (service == nullptr) return failure(Errc::unsupported, "there is no service wuauserv");
    RegistryEdits edits(facts);
    if (is_enabled(*service)) edits.start(service->name, kServiceDisabled);
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::switch_windows_update_off{
    .id = "win-updates-disabled",
    .title = "Switch Windows Update off until after the import",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes =
        "The Start value of wuauserv. guestprep undo --only win-updates-disabled brings it back.",
    .leaves = "An update that runs now.",
    .plan = plan,
};

}  // namespace guestprep
