// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/windows_firewall_rule.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

bool is_yes(std::string_view text) { return equal_ignoring_case(text, "TRUE"); }

/// Names that say nothing of what a rule fits.
bool is_description(std::string_view name) {
    constexpr std::string_view kNames[] = {
        "Name",  "Desc", "EmbedCtxt", "Edge",    "Defer",   "Platform", "Platform2", "AppPkgId",
        "LUOwn", "TTK",  "TTK2_22",   "TTK2_27", "TTK2_28", "NNm",      "SkipVer"};
    return std::ranges::find(kNames, name) != std::end(kNames);
}

void put(FirewallRuleText& rule, std::string_view name, std::string_view value) {
    const auto text = std::string(value);
    if (name == "Action")
        rule.allows = equal_ignoring_case(value, "Allow") || equal_ignoring_case(value, "ByPass");
    else if (name == "Active")
        rule.is_active = is_yes(value);
    else if (name == "Dir")
        rule.is_inbound = equal_ignoring_case(value, "In");
    else if (name == "Protocol")
        rule.protocol = static_cast<int>(to_number(value).value_or(255));
    else if (name == "LPort" || name == "LPort2_10" || name == "LPort2_20" || name == "LPort2_24")
        rule.local_ports.push_back(text);
    else if (name == "Profile")
        rule.profiles.push_back(text);
    else if (name == "LA4" || name == "LA6")
        rule.local_addresses.push_back(text);
    else if (name == "RA4" || name == "RA6" || name == "RA42" || name == "RA62")
        rule.remote_addresses.push_back(text);
    else if (name == "App")
        rule.application = text;
    else if (name == "Svc")
        rule.service = text;
    else if (!is_description(name))
        rule.others.push_back(std::string(name) + "=" + text);
}

}  // namespace

bool FirewallRuleText::has_local_port(std::uint64_t port) const {
    if (local_ports.empty()) return true;
    return std::ranges::any_of(local_ports, [&](std::string_view text) {
        const auto dash = text.find('-');
        const auto first = to_number(text.substr(0, dash));
        const auto last = dash == std::string_view::npos ? first : to_number(text.substr(dash + 1));
        return first && last && *first <= port && port <= *last;
    });
}

Result<FirewallRuleText> parse_firewall_rule(std::string_view text) {
    FirewallRuleText rule;
    bool has_action = false, has_version = false;
    for (const auto field : split(text, '|')) {
        const auto equals = field.find('=');
        if (equals == std::string_view::npos) {
            has_version = has_version || field.starts_with('v');
            continue;
        }
        has_action = has_action || field.starts_with("Action=");
        put(rule, field.substr(0, equals), field.substr(equals + 1));
    }
    if (!has_version || !has_action)
        return failure(Errc::bad_syntax, "not a firewall rule: " + shown(text, 80));
    return rule;
}

}  // namespace guestprep
