// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_firewall.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "agent/formats/windows_firewall_rule.h"

namespace guestprep {
namespace {

constexpr int kTcp = 6;

const WindowsFirewallProfile* profile_named(const WindowsNetworkFacts& network,
                                            std::string_view name, bool from_policy) {
    for (const auto& profile : *network.firewall_profiles)
        if (profile.from_policy == from_policy && profile.name == name) return &profile;
    return nullptr;
}

/// A setting of group policy wins over the registry's own.
struct Setting {
    const Fact<std::uint64_t>* value = nullptr;
    std::string where;
};
Setting setting_of(const WindowsFirewallProfile* policy, const WindowsFirewallProfile* local,
                   Fact<std::uint64_t> WindowsFirewallProfile::* member, std::string_view name) {
    for (const auto* profile : {policy, local})
        if (profile != nullptr && !(profile->*member).is_absent())
            return {&(profile->*member), profile->key + "\\" + std::string(name)};
    return {};
}

struct ParsedRule {
    const WindowsFirewallRule* source = nullptr;
    FirewallRuleText rule;
    bool from_policy = false;
};

bool is_for(const FirewallRuleText& rule, std::string_view profile) {
    return rule.profiles.empty() || std::ranges::any_of(rule.profiles, [&](std::string_view name) {
               return equal_ignoring_case(name, profile);
           });
}

/// Remote Desktop is TermService in svchost, and in older rules the kernel's "System".
bool is_for_remote_desktop(const FirewallRuleText& rule) {
    const auto application = lowercase(rule.application);
    const bool fits_application =
        application.empty() || application == "system" || application.ends_with("\\svchost.exe");
    const auto service = lowercase(rule.service);
    return fits_application && (service.empty() || service == "*" || service == "termservice");
}

bool is_narrow(const FirewallRuleText& rule) {
    return !rule.remote_addresses.empty() || !rule.local_addresses.empty() || !rule.others.empty();
}

Evidence evidence_of(const WindowsFirewallRule& rule, std::string expected) {
    return {rule.key + "\\" + rule.name, shown(rule.text, 200), std::move(expected)};
}

std::vector<ParsedRule> rules_for(const std::vector<WindowsFirewallRule>& rules, std::uint64_t port,
                                  std::string_view profile) {
    std::vector<ParsedRule> fitting;
    for (const auto& source : rules) {
        auto rule = parse_firewall_rule(source.text);
        if (!rule || !rule->is_active || !rule->is_inbound) continue;
        if (rule->protocol != -1 && rule->protocol != kTcp && rule->protocol != 256) continue;
        if (!rule->has_local_port(port) || !is_for(*rule, profile)) continue;
        if (!is_for_remote_desktop(*rule)) continue;
        fitting.push_back(
            {&source, std::move(*rule), source.key.starts_with(keys::kFirewallPolicy)});
    }
    return fitting;
}

RdpAdmittance admitted(std::string reason, std::vector<Evidence> evidence) {
    return {Truth::yes, false, std::move(reason), std::move(evidence)};
}
RdpAdmittance refused(std::string reason, std::vector<Evidence> evidence) {
    return {Truth::no, false, std::move(reason), std::move(evidence)};
}
RdpAdmittance not_known(std::string reason) {
    return {Truth::unknown, false, std::move(reason), {}};
}

/// Vista and later: a block rule wins over every allow rule, and without either the default holds.
RdpAdmittance judge_rules(const WindowsNetworkFacts& network, std::uint64_t port,
                          const WindowsFirewallProfile* policy,
                          const WindowsFirewallProfile* local) {
    if (!network.firewall_rules) return not_known(network.firewall_rules.error().message);
    auto rules = rules_for(*network.firewall_rules, port, "Public");
    if (policy != nullptr && !policy->merges_local && !policy->merges_local.is_absent())
        return not_known(policy->merges_local.error().message);
    if (policy != nullptr && policy->merges_local == 0U)
        std::erase_if(rules, [](const ParsedRule& rule) { return !rule.from_policy; });
    for (const auto& rule : rules)
        if (!rule.rule.allows && !is_narrow(rule.rule))
            return refused("an active rule blocks TCP port " + std::to_string(port),
                           {evidence_of(*rule.source, "no rule that blocks Remote Desktop")});
    const auto inbound =
        setting_of(policy, local, &WindowsFirewallProfile::default_inbound, "DefaultInboundAction");
    if (inbound.value != nullptr && !*inbound.value)
        return not_known(inbound.value->error().message);
    const auto first_allowing = [&](bool narrow) {
        return std::ranges::find_if(rules, [&](const ParsedRule& rule) {
            return rule.rule.allows && is_narrow(rule.rule) == narrow;
        });
    };
    const auto blocked_somewhere =
        std::ranges::any_of(rules, [](const ParsedRule& rule) { return !rule.rule.allows; });
    if (const auto wide = first_allowing(false); wide != rules.end()) {
        auto answer = admitted("an active rule admits TCP port " + std::to_string(port),
                               {evidence_of(*wide->source, "")});
        answer.narrowed = blocked_somewhere;
        return answer;
    }
    if (inbound.value != nullptr && **inbound.value == 0)
        return admitted("what no rule names is let in", {{inbound.where, "0", ""}});
    if (const auto narrow = first_allowing(true); narrow != rules.end()) {
        auto answer = admitted("only a part of the network is admitted",
                               {evidence_of(*narrow->source, "a rule without such limits")});
        answer.narrowed = true;
        return answer;
    }
    return refused(
        "no active rule admits TCP port " + std::to_string(port) + " on the public profile",
        {{std::string(keys::kFirewallRules), "no such rule",
          "Dir=In, Action=Allow, Active=TRUE, Protocol=6, LPort=" + std::to_string(port) +
              ", every profile"}});
}

/// 2003 and XP: "3389:TCP:*:Enabled:@xpsp2res.dll,-22009".
RdpAdmittance judge_open_ports(std::uint64_t port, const WindowsFirewallProfile* policy,
                               const WindowsFirewallProfile* local) {
    const auto wanted = std::to_string(port) + ":TCP";
    for (const auto* profile : {policy, local}) {
        if (profile == nullptr) continue;
        for (const auto& text : profile->open_ports) {
            const auto parts = split(text, ':');
            if (parts.size() < 4 ||
                !equal_ignoring_case(std::string(parts[0]) + ":" + std::string(parts[1]), wanted))
                continue;
            const Evidence seen{profile->key + "\\GloballyOpenPorts\\List", shown(text),
                                wanted + ":*:Enabled"};
            if (!equal_ignoring_case(parts[3], "Enabled"))
                return refused("the exception for Remote Desktop is off", {seen});
            auto answer = admitted("the port is an exception of the firewall", {seen});
            answer.narrowed = parts[2] != "*";
            return answer;
        }
    }
    return refused("the firewall has no exception for TCP port " + std::to_string(port),
                   {{std::string(keys::kFirewall) + "\\StandardProfile\\GloballyOpenPorts\\List",
                     "no such value", wanted + ":*:Enabled"}});
}

}  // namespace

RdpAdmittance rdp_admittance(const WindowsFacts& windows, std::uint64_t port,
                             bool has_public_profile) {
    const auto& network = windows.network;
    const auto* service =
        service_called(windows.system, has_public_profile ? "MpsSvc" : "SharedAccess");
    if (windows.system.services && service != nullptr && service->start && !is_enabled(*service) &&
        !has_public_profile)
        return admitted("the firewall's service is disabled", {start_evidence(*service, "")});
    if (!network.firewall_profiles) {
        if (network.firewall_profiles.is_absent() && windows.system.services && service == nullptr)
            return admitted("there is no Windows firewall", {});
        return not_known(network.firewall_profiles.error().message);
    }
    const auto* name = has_public_profile ? "PublicProfile" : "StandardProfile";
    const auto* policy = profile_named(network, name, true);
    const auto* local = profile_named(network, name, false);
    const auto enabled =
        setting_of(policy, local, &WindowsFirewallProfile::enabled, "EnableFirewall");
    if (enabled.value == nullptr && policy == nullptr && local == nullptr)
        return not_known(std::string(keys::kFirewall) + "\\" + name + ": no such key");
    if (enabled.value != nullptr && !*enabled.value)
        return not_known(enabled.value->error().message);
    // Not set means on since Vista, and off where 2003's firewall was never set up.
    if (enabled.value == nullptr && !has_public_profile)
        return admitted("the firewall was never switched on", {});
    if (enabled.value != nullptr && **enabled.value == 0)
        return admitted("the firewall is off", {{enabled.where, "0", ""}});
    // Vista and later filter without their firewall service too: then everything is refused.
    if (has_public_profile && service != nullptr && service->start && !is_enabled(*service))
        return not_known("the firewall is on and its service MpsSvc is disabled");
    const auto closed =
        setting_of(policy, local, &WindowsFirewallProfile::no_exceptions, "DoNotAllowExceptions");
    if (closed.value != nullptr && !*closed.value) return not_known(closed.value->error().message);
    if (closed.value != nullptr && **closed.value != 0)
        return refused("the firewall allows no exceptions", {{closed.where, "1", "0"}});
    return has_public_profile ? judge_rules(network, port, policy, local)
                              : judge_open_ports(port, policy, local);
}

}  // namespace guestprep
