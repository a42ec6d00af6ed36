// SPDX-License-Identifier: Apache-2.0
//
// Requirement: Enable Remote Desktop (RDP) for remote access.
// Why:         There is no console in EC2: without Remote Desktop nobody gets in.
// Source:      2018 document, Windows; https://docs.aws.amazon.com/vm-
//              import/latest/userguide/prepare-vm-image.html
#include "agent/facts/facts.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "agent/facts/windows_services.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

/// Whether connections are denied: what group policy says wins.
struct Switch {
    const Fact<std::uint64_t>* value;
    std::string where;
};
Switch deciding(const WindowsAccessFacts& access) {
    if (!access.rdp_denied_by_policy.is_absent())
        return {&access.rdp_denied_by_policy,
                value_at(keys::kTerminalPolicy, "fDenyTSConnections")};
    return {&access.rdp_denied, value_at(keys::kTerminalServer, "fDenyTSConnections")};
}

std::vector<Evidence> other_obstacles(const WindowsFacts& windows) {
    std::vector<Evidence> found;
    const auto& access = windows.access;
    if (access.rdp_station_enabled == 0U)
        found.push_back({value_at(keys::kRdpTcp, "fEnableWinStation"), "0", "1"});
    if (access.rdp_adapter && *access.rdp_adapter != 0)
        found.push_back({value_at(keys::kRdpTcp, "LanAdapter"),
                         std::to_string(*access.rdp_adapter) +
                             " (bound to one network adapter, which will be gone)",
                         "0 (every adapter)"});
    for (const auto* service : disabled_among(windows.system, kRemoteDesktopServices))
        found.push_back(start_evidence(*service, "not disabled"));
    return found;
}

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    if (const auto release = release_of(windows.system);
        release && (release->edition == "home" || release->edition == "starter"))
        return fail(release->title + " cannot be reached by Remote Desktop at all",
                    {{value_at(keys::kCurrentVersion, "EditionID"),
                      windows.system.edition.value_or(release->edition),
                      "an edition with Remote Desktop"}});
    const auto [value, where] = deciding(windows.access);
    if (*value && **value != 0)
        return fail("Remote Desktop is switched off", {{where, std::to_string(**value), "0"}});
    if (auto obstacles = other_obstacles(windows); !obstacles.empty()) {
        auto summary = "Remote Desktop would not answer: " + obstacles.front().found;
        return fail(std::move(summary), std::move(obstacles));
    }
    if (!*value)
        return unknown(value->is_absent() ? where + " is not set" : value->error().message);
    for (const auto* fact : {&windows.access.rdp_station_enabled, &windows.access.rdp_adapter,
                             &windows.access.rdp_port})
        if (!*fact && !fact->is_absent()) return unknown(fact->error());
    if (!windows.system.services) return unknown(windows.system.services.error());
    if (const auto* service = unread_among(windows.system, kRemoteDesktopServices))
        return unknown(unread_start(*service));
    return pass("Remote Desktop is on, port " +
                std::to_string(windows.access.rdp_port.value_or(3389)));
}

}  // namespace

constinit const Check checks::remote_desktop_is_on{
    .id = "win-rdp-enabled",
    .title = "Remote Desktop is on",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .requirement = "Enable Remote Desktop (RDP) for remote access.",
    .why = "There is no console in EC2: without Remote Desktop nobody gets in.",
    .source =
        "2018 document, Windows; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html",
    .looks_at =
        "fDenyTSConnections (group policy first), WinStations\\RDP-Tcp fEnableWinStation and "
        "LanAdapter, the start types of TermService, UmRdpService and SessionEnv, the edition.",
    .remedy =
        "Switch Remote Desktop on: System Properties, Remote; where group policy forbids it, "
        "change the policy.",
    .evaluate = evaluate,
};

}  // namespace guestprep
