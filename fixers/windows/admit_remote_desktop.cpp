// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_firewall.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_release.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr std::string_view kRule = "guestprep-RemoteDesktop-In-TCP";
constexpr std::uint64_t kDefaultPort = 3389;

/// Understood since Vista; newer systems read older versions.
std::string rule_text(std::uint64_t port) {
    return "v2.0|Action=Allow|Active=TRUE|Dir=In|Protocol=6|LPort=" + std::to_string(port) +
           "|App=System|Name=Remote Desktop (guestprep)|Desc=For the import into EC2|";
}

/// What the evaluator makes of the guest with the change: a rule that does not win is not written.
bool would_admit(WindowsFacts windows, std::uint64_t port, bool is_new) {
    if (is_new) {
        if (!windows.network.firewall_rules) return false;
        windows.network.firewall_rules->push_back(
            {std::string(keys::kFirewallRules), std::string(kRule), rule_text(port)});
    } else {
        if (!windows.network.firewall_profiles) return false;
        for (auto& profile : *windows.network.firewall_profiles)
            if (!profile.from_policy)
                profile.open_ports.insert(profile.open_ports.begin(),
                                          std::to_string(port) + ":TCP:*:Enabled:Remote Desktop");
    }
    const auto answer = rdp_admittance(windows, port, is_new);
    return answer.admitted == Truth::yes && !answer.narrowed;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& windows = facts.of_windows();
    const auto release = release_of(windows.system);
    if (!release) return std::unexpected(release.error());
    const auto port = windows.access.rdp_port.value_or(kDefaultPort);
    const bool is_new = release->at_least(6, 0);
    const auto now = rdp_admittance(windows, port, is_new);
    if (now.admitted == Truth::yes && !now.narrowed) return ChangeSet{};
    if (!would_admit(windows, port, is_new))
        return failure(Errc::unsupported, "one more rule would not be enough: " + now.reason);
    ChangeSet set;
    if (is_new) {
        set.changes.emplace_back(RegistryEdit{.key = std::string(keys::kFirewallRules),
                                              .name = std::string(kRule),
                                              .before = std::nullopt,
                                              .after = registry_text(rule_text(port))});
        return set;
    }
    RegistryEdits edits(facts);
    const auto name = std::to_string(port) + ":TCP";
    for (const auto& profile : *windows.network.firewall_profiles)
        if (!profile.from_policy)
            edits.set(below(profile.key, "GloballyOpenPorts\\List"), name,
                      registry_text(name + ":*:Enabled:Remote Desktop"));
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::admit_remote_desktop{
    .id = "win-firewall-rdp",
    .title = "Admit Remote Desktop through the Windows firewall",
    .platform = Platform::windows_guest,
    .kind = FixKind::safe,
    .changes =
        "Adds one rule for TCP and the port of Remote Desktop on every profile; on Server 2003 an "
        "exception.",
    .leaves = "Rules that are there; a firewall of another vendor; what group policy says.",
    .must_pass = true,
    .plan = plan,
};

}  // namespace guestprep
