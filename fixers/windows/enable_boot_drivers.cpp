// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kDrivers[] = {"disk",  "partmgr",  "volmgr", "ftdisk", "mountmgr",
                                         "atapi", "intelide", "pciide", "msahci", "storahci"};

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    RegistryEdits edits(facts);
    for (const auto name : kDrivers)
        if (const auto* service = service_called(facts.of_windows().system, name);
            service != nullptr && service->start && !is_enabled(*service))
            edits.start(service->name, 0);
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
