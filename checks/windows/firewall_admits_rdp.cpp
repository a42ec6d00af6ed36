// SPDX-License-Identifier: Apache-2.0
//
// Requirement: The host firewall must allow access to RDP; otherwise the instance cannot be
//              reached after the import.
// Why:         The new adapter lands in the public profile, where Remote Desktop is often not
//              admitted.
// Source:      2018 document, Windows; https://docs.aws.amazon.com/vm-
//              import/latest/userguide/prepare-vm-image.html
#include "agent/facts/facts.h"
#include "agent/facts/windows_firewall.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "checks/check_list.h"

namespace guestprep {
namespace {

constexpr Variant kVariants[] = {
    {"narrowed", Severity::warning, "Remote Desktop is admitted from some networks only"},
};
constexpr std::uint64_t kDefaultPort = 3389;

Finding evaluate(const Facts& facts, const Profile&) {
    const auto& windows = facts.of_windows();
    const auto& port = windows.access.rdp_port;
    if (!port && !port.is_absent()) return unknown(port.error());
    // Without the SOFTWARE hive the shape of the firewall's own settings tells which one it is.
    const auto release = release_of(windows.system);
    const bool is_new =
        release ? release->at_least(6, 0)
                : windows.network.firewall_rules && !windows.network.firewall_rules->empty();
    auto answer = rdp_admittance(windows, port.value_or(kDefaultPort), is_new);
    switch (answer.admitted) {
        case Truth::unknown:
            return unknown(std::move(answer.reason));
        case Truth::no:
            return fail("Remote Desktop is refused: " + answer.reason, std::move(answer.evidence));
        case Truth::yes:
            break;
    }
    if (answer.narrowed)
        return fail("Remote Desktop is admitted in part: " + answer.reason,
                    std::move(answer.evidence))
            .as("narrowed");
    return pass("Remote Desktop is admitted: " + answer.reason).with(std::move(answer.evidence));
}

}  // namespace

constinit const Check checks::firewall_admits_rdp{
    .id = "win-firewall-rdp",
    .title = "The Windows firewall admits Remote Desktop",
    .platform = Platform::windows_guest,
    .severity = Severity::blocker,
    .variants = kVariants,
    .requirement =
        "The host firewall must allow access to RDP; otherwise the instance cannot be reached "
        "after the import.",
    .why =
        "The new adapter lands in the public profile, where Remote Desktop is often not admitted.",
    .source =
        "2018 document, Windows; "
        "https://docs.aws.amazon.com/vm-import/latest/userguide/prepare-vm-image.html",
    .looks_at =
        "Profiles and FirewallRules below SharedAccess\\Parameters\\FirewallPolicy and below "
        "Policies\\Microsoft\\WindowsFirewall; 2003: GloballyOpenPorts; RDP-Tcp PortNumber.",
    .remedy = "Enable the rules of the group Remote Desktop for every profile.",
    .evaluate = evaluate,
};

}  // namespace guestprep
