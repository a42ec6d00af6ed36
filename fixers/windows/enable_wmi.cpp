// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto* service = service_called(facts.of_windows().system, "Winmgmt");
    if (service == nullptr) return failure(Errc::unsupported, "there is no service Winmgmt");
    if (is_enabled(*service)) return ChangeSet{};
    RegistryEdits edits(facts);
    edits.start(service->name, 2);
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::enable_wmi{
    .id = "win-wmi-service",
    .title = "Let Windows Management Instrumentation start",
    .platform = Platform::windows_guest,
    .kind = FixKind::safe,
    .changes = "The Start value of Winmgmt.",
    .leaves = "The running service.",
    .plan = plan,
};

}  // namespace guestprep
