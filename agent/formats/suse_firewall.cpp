// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/suse_firewall.h"

#include <algorithm>
#include <utility>

#include "agent/core/text.h"
#include "agent/formats/ipv4.h"
#include "agent/formats/packet_terms.h"
#include "agent/formats/shell_assignments.h"

namespace guestprep {
namespace {

/// The built-in zones are written in capitals in names of settings, others as they are.
std::string in_setting(std::string_view zone) {
    if (zone == "ext") return "EXT";
    if (zone == "int") return "INT";
    if (zone == "dmz") return "DMZ";
    return std::string(zone);
}

std::vector<std::string> zones_of(const ShellAssignments& settings) {
    std::vector<std::string> zones{"int", "dmz", "ext"};
    const auto others = settings.value_or_empty("FW_ZONES");
    for (const auto zone : words_of(others)) zones.emplace_back(zone);
    return zones;
}

class Builder {
public:
    explicit Builder(const SuseFirewallConfiguration& configuration)
        : given_(configuration), settings_(ShellAssignments::parse(configuration.text)) {}

    PacketFilter build() {
        custom_rules();
        FilterChain base{.name = "SuSEfirewall2 INPUT",
                         .hook = FilterHook::input,
                         .policy = RuleAction::drop,
                         .policy_place = place("FW_DEV_EXT")};
        redirections(base.rules);
        base.rules.push_back({.interfaces = {{false, {"lo"}}}, .action = RuleAction::accept});
        for (const auto& zone : zones_of(settings_)) {
            interfaces(zone, base.rules);
            out_.chains.push_back(zone_chain(zone));
        }
        for (const auto& bound : given_.interfaces)
            base.rules.push_back(to_zone(bound.zone, bound.place, bound.interface));
        if (const auto zone = default_zone(); !zone.empty())
            base.rules.push_back(to_zone(zone, default_place_, ""));
        out_.chains.push_back(std::move(base));
        return std::move(out_);
    }

private:
    using Rules = std::vector<FilterRule>;

    [[nodiscard]] std::vector<std::string> list(const std::string& name) const {
        std::vector<std::string> out;
        const auto value = settings_.value_or_empty(name);
        for (const auto word : words_of(value)) out.emplace_back(word);
        return out;
    }
    [[nodiscard]] RulePlace place(const std::string& name) const {
        const auto* const found = settings_.find(name);
        if (found == nullptr) return {given_.path, name + " is not set"};
        return {at_line(given_.path, found->line), name + "=\"" + shown(found->value) + '"'};
    }

    /// Its functions are called while the rules are set; as shipped they do nothing.
    void custom_rules() {
        std::size_t number = 0;
        for (const auto line : lines_of(given_.custom_text)) {
            ++number;
            if (trimmed(line).starts_with('#') || !contains(line, "iptables")) continue;
            out_.problems.push_back({at_line(given_.custom_path, number), shown(trimmed(line))});
            return;
        }
    }

    // Which zone an interface is in

    static FilterRule to_zone(const std::string& zone, RulePlace place, const std::string& name) {
        FilterRule rule{.action = RuleAction::jump,
                        .target = "SuSEfirewall2 input_" + zone,
                        .place = std::move(place)};
        if (!name.empty()) rule.interfaces.push_back({false, {name}});
        return rule;
    }

    void interfaces(const std::string& zone, Rules& rules) {
        const auto setting = "FW_DEV_" + in_setting(zone);
        for (const auto& device : list(setting)) {
            // Before version 3.6 (SLES 10) "auto" was the interface of the default route.
            if (device == "any" || (device == "auto" && is_old())) {
                if (any_zone_.empty()) any_zone_ = zone;
                continue;
            }
            if (device != "auto" && !contains(device, ":"))
                rules.push_back(to_zone(zone, place(setting), device));
        }
    }

    /// Version 3.6 brought the setting, and with it a zone for interfaces that none lists.
    [[nodiscard]] bool is_old() const { return settings_.find("FW_ZONE_DEFAULT") == nullptr; }

    std::string default_zone() {
        default_place_ = place(any_zone_.empty() && !is_old() ? "FW_ZONE_DEFAULT" : "FW_DEV_EXT");
        const auto set = settings_.value_or_empty("FW_ZONE_DEFAULT");
        if (set == "no") return {};
        if (!set.empty() && set != "auto" && set != "yes") return set;
        if (!any_zone_.empty()) return any_zone_;
        return is_old() ? "" : "ext";
    }

    // What a zone admits

    FilterChain zone_chain(const std::string& zone) {
        FilterChain chain{.name = "SuSEfirewall2 input_" + zone};
        auto& rules = chain.rules;
        const auto name = in_setting(zone);
        if (const auto protect = settings_.value_or_empty("FW_PROTECT_FROM_" + name);
            protect == "no" || protect == "notrack")
            rules.push_back(
                {.action = RuleAction::accept, .place = place("FW_PROTECT_FROM_" + name)});
        nets("FW_TRUSTED_NETS", RuleAction::accept, rules);
        const bool accepts_first =
            is_old() || settings_.value_or_empty("FW_LEGACY_ACCEPT_FIRST") == "yes";
        if (!accepts_first) denials(name, rules);
        services(zone, name, rules);
        if (accepts_first) denials(name, rules);
        rules.push_back(
            {.action = RuleAction::drop, .place = place("FW_SERVICES_" + name + "_TCP")});
        return chain;
    }

    void denials(const std::string& name, Rules& rules) const {
        nets("FW_SERVICES_DROP_" + name, RuleAction::drop, rules);
        nets("FW_SERVICES_REJECT_" + name, RuleAction::drop, rules);
    }

    void services(const std::string& zone, const std::string& name, Rules& rules) {
        const auto setting = "FW_SERVICES_" + name;
        protocols(list(setting + "_IP"), place(setting + "_IP"), rules);
        ports(list(setting + "_TCP"), place(setting + "_TCP"), rules);
        for (const auto& service : list("FW_CONFIGURATIONS_" + name)) {
            const auto file = given_.services.find(service);
            if (file == given_.services.end()) continue;  // it warns and goes on
            const auto inside = ShellAssignments::parse(file->second);
            auto where = place("FW_CONFIGURATIONS_" + name);
            const auto words = [&](std::string_view variable) {
                std::vector<std::string> out;
                const auto value = inside.value_or_empty(variable);
                for (const auto word : words_of(value)) out.emplace_back(word);
                return out;
            };
            protocols(words("IP"), where, rules);
            ports(words("TCP"), where, rules);
            for (const auto& entry : words("ACCEPT")) net(entry, where, RuleAction::accept, rules);
        }
        nets("FW_SERVICES_ACCEPT_" + in_setting(zone), RuleAction::accept, rules);
    }

    static void protocols(const std::vector<std::string>& names, const RulePlace& where,
                          Rules& rules) {
        for (const auto& name : names)
            if (name == "tcp" || name == "6" || name == "all")
                rules.push_back({.action = RuleAction::accept, .place = where});
    }

    static void ports(const std::vector<std::string>& words, const RulePlace& where, Rules& rules) {
        for (const auto& word : words) {
            FilterRule rule{.action = RuleAction::accept, .place = where};
            narrow_port(rule, PacketField::port, word);
            rules.push_back(std::move(rule));
        }
    }

    static void narrow_port(FilterRule& rule, PacketField field, std::string_view text) {
        if (text.empty()) return;
        if (const auto range = parse_port_range(text, ':'))
            rule.numbers.push_back({field, false, {*range}});
        else
            rule.require(Truth::unknown);
    }

    void nets(const std::string& setting, RuleAction action, Rules& rules) const {
        for (const auto& entry : list(setting)) net(entry, place(setting), action, rules);
    }

    /// "network[,protocol[,port[,source port[,hitcount=...]]]]"
    static void net(std::string_view entry, const RulePlace& where, RuleAction action,
                    Rules& rules) {
        const auto parts = split(entry, ',');
        const auto part = [&](std::size_t i) {
            return i < parts.size() ? parts[i] : std::string_view();
        };
        const auto protocol = lowercase(part(1));
        if (!protocol.empty() && protocol != "tcp" && protocol != "all" && protocol != "6") return;
        FilterRule rule{.action = action, .place = where};
        narrow_source(rule, part(0));
        narrow_port(rule, PacketField::port, part(2));
        narrow_port(rule, PacketField::source_port, part(3));
        rules.push_back(std::move(rule));
    }

    static void narrow_source(FilterRule& rule, std::string_view text) {
        if (text.empty()) return;
        const bool negated = text.starts_with('!');
        if (negated) text.remove_prefix(1);
        NumberMatch match{PacketField::source, negated, {}};
        if (const auto range = parse_ipv4_range(text))
            match.ranges.push_back({range->first, range->last});
        rule.numbers.push_back(std::move(match));
    }

    /// "source,destination,tcp,port,local port": the port is another's then.
    void redirections(Rules& rules) const {
        for (const auto& entry : list("FW_REDIRECT")) {
            const auto parts = split(entry, ',');
            if (parts.size() < 3 || parts[2] != "tcp") continue;
            FilterRule rule{.action = RuleAction::unknown, .place = place("FW_REDIRECT")};
            narrow_source(rule, parts[0]);
            if (parts.size() > 3) narrow_port(rule, PacketField::port, parts[3]);
            rules.push_back(std::move(rule));
        }
    }

    const SuseFirewallConfiguration& given_;
    ShellAssignments settings_;
    PacketFilter out_;
    std::string any_zone_;
    RulePlace default_place_;
};

}  // namespace

std::vector<std::string> suse_firewall_services(std::string_view text) {
    const auto settings = ShellAssignments::parse(std::string(text));
    std::vector<std::string> out;
    for (const auto& zone : zones_of(settings)) {
        const auto value = settings.value_or_empty("FW_CONFIGURATIONS_" + in_setting(zone));
        for (const auto word : words_of(value)) out.emplace_back(word);
    }
    return out;
}

std::string suse_firewall_custom_rules(std::string_view text) {
    return ShellAssignments::parse(std::string(text)).value_or_empty("FW_CUSTOMRULES");
}

PacketFilter suse_firewall_filter(const SuseFirewallConfiguration& configuration) {
    return Builder(configuration).build();
}

}  // namespace guestprep
