// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_boot_drivers.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    RegistryEdits edits(facts);
    const auto& system = facts.of_windows().system;
    for (const auto& disabled : {disabled_disk_stack(system), disabled_disk_controllers(system)})
        for (const auto* service : disabled) edits.start(service->name, 0);
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::enable_boot_drivers{
    .id = "win-registry-boot",
    .title = "Enable the drivers that the first boot needs",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes =
        "The Start values of the disk stack and of the inbox IDE drivers, where they are disabled.",
    .leaves = "Drivers that are not there; the table of Server 2003.",
    .plan = plan,
};

}  // namespace guestprep
