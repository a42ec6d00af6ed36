// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& windows = facts.of_windows();
    const auto& policy = windows.access.rdp_denied_by_policy;
    if (policy && *policy != 0)
        return failure(Errc::unsupported, "group policy forbids Remote Desktop: change the policy");
    RegistryEdits edits(facts);
    edits.set(keys::kTerminalServer, "fDenyTSConnections", registry_dword(0));
    if (windows.access.rdp_station_enabled == 0U)
        edits.set(keys::kRdpTcp, "fEnableWinStation", registry_dword(1));
    if (windows.access.rdp_adapter.value_or(0) != 0)
        edits.set(keys::kRdpTcp, "LanAdapter", registry_dword(0));
    for (const auto* service : disabled_among(windows.system, kRemoteDesktopServices))
        edits.start(service->name, equal_ignoring_case(service->name, "TermDD") ? 1U : 3U);
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::switch_remote_desktop_on{
    .id = "win-rdp-enabled",
    .title = "Switch Remote Desktop on",
    .platform = Platform::windows_guest,
    .kind = FixKind::safe,
    .changes =
        "fDenyTSConnections, fEnableWinStation and LanAdapter of Terminal Server, the start types "
        "of TermService, UmRdpService and SessionEnv.",
    .leaves = "What group policy forbids; the level of authentication; sessions that are open now.",
    .plan = plan,
};

}  // namespace guestprep
