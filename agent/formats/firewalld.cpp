// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/firewalld.h"

#include <algorithm>
#include <map>
#include <set>

#include "agent/core/text.h"
#include "agent/formats/firewalld_xml.h"
#include "agent/formats/iptables_rule.h"
#include "agent/formats/iptables_state.h"
#include "agent/formats/ipv4.h"
#include "agent/formats/packet_terms.h"

namespace guestprep {
namespace {

constexpr std::string_view kBase = "firewalld INPUT";
constexpr int kDeepestInclude = 8;
constexpr std::size_t kMostRules =
    200'000;  // a service of thousands of ports, used thousands of times

class Builder {
public:
    explicit Builder(const FirewalldConfiguration& configuration) : given_(configuration) {}

    PacketFilter build() {
        for (const auto& file : given_.zones) load(file, zones_, is_used(file.name));
        for (const auto& file : given_.policies) load(file, policies_, true);
        std::ranges::stable_sort(policies_, {}, &FirewalldZone::priority);
        FilterChain base{.name = std::string(kBase), .hook = FilterHook::input};
        direct(base);
        base.rules.push_back({.interfaces = {{false, {"lo"}}}, .action = RuleAction::accept});
        for (const auto& zone : zones_) dispatch_sources(zone, base);
        dispatch_interfaces(base);
        // A zone that is not there is a jump to nowhere: unknown.
        base.rules.push_back(to_zone(given_.default_zone, given_.default_zone_place));
        for (const auto& zone : zones_) out_.chains.push_back(zone_chain(zone));
        out_.chains.push_back(std::move(base));
        return std::move(out_);
    }

private:
    void trouble(const RulePlace& place) {
        if (out_.problems.size() < 5) out_.problems.push_back(place);
    }

    /// firewalld leaves a broken file out.
    void load(const FirewalldFile& file, std::vector<FirewalldZone>& where, bool matters) {
        auto zone = read_firewalld_zone(file.name, file.path, file.text);
        if (zone)
            where.push_back(std::move(*zone));
        else if (matters)
            trouble({file.path, zone.error().message});
    }

    [[nodiscard]] bool is_used(const std::string& zone) const {
        return zone == given_.default_zone ||
               std::ranges::find(given_.bindings, zone, &FirewalldBinding::zone) !=
                   given_.bindings.end();
    }

    static FilterRule to_zone(std::string_view zone, RulePlace place) {
        return {.action = RuleAction::go_to,
                .target = "zone " + std::string(zone),
                .place = std::move(place)};
    }

    // Which zone a packet belongs to: first by its source, then by its interface

    void dispatch_sources(const FirewalldZone& zone, FilterChain& base) {
        for (const auto& source : zone.sources) {
            auto rule = to_zone(zone.name, source.place);
            narrow_source(rule, source);
            base.rules.push_back(std::move(rule));
        }
    }

    void dispatch_interfaces(FilterChain& base) {
        for (const auto& binding : given_.bindings) {
            auto rule = to_zone(binding.zone, binding.place);
            if (!binding.certain) rule.require(Truth::unknown);
            if (binding.interface != "*") rule.interfaces.push_back({false, {binding.interface}});
            base.rules.push_back(std::move(rule));
        }
        for (const auto& zone : zones_)
            for (std::size_t i = 0; i < zone.interfaces.size(); ++i) {
                auto name = zone.interfaces[i];
                if (name.ends_with('+')) name.back() = '*';
                auto rule = to_zone(zone.name, zone.interface_places[i]);
                rule.interfaces.push_back({false, {std::move(name)}});
                if (given_.interfaces_are_announced) rule.require(Truth::unknown);
                base.rules.push_back(std::move(rule));
            }
    }

    // What a zone does with it

    FilterChain zone_chain(const FirewalldZone& zone) {
        FilterChain chain{.name = "zone " + zone.name};
        for (const auto& policy : policies_)
            if (policy.priority < 0 && concerns(policy, zone)) body(policy, chain.rules);
        body(zone, chain.rules);
        for (const auto& policy : policies_)
            if (policy.priority > 0 && concerns(policy, zone)) body(policy, chain.rules);
        auto place = zone.place;
        const auto action = action_of(zone.target);
        place.text += action == RuleAction::accept ? " (accepts what nothing denies)"
                                                   : " (rejects what nothing accepts)";
        chain.rules.push_back(
            {.action = action == RuleAction::accept ? action : RuleAction::drop, .place = place});
        return chain;
    }

    static RuleAction action_of(std::string_view target) {
        if (target == "ACCEPT") return RuleAction::accept;
        if (target == "DROP" || target == "%%REJECT%%" || target == "REJECT")
            return RuleAction::drop;
        return RuleAction::proceed;
    }

    static bool concerns(const FirewalldZone& policy, const FirewalldZone& zone) {
        const auto lists = [](const std::vector<std::string>& names, std::string_view name) {
            return std::ranges::find(names, name) != names.end();
        };
        return lists(policy.egress, "HOST") &&
               (lists(policy.ingress, "ANY") || lists(policy.ingress, zone.name));
    }

    /// In firewalld's order: rules of negative priority, what denies, what allows, the rest.
    void body(const FirewalldZone& zone, std::vector<FilterRule>& rules) {
        std::vector<const FirewalldRule*> sorted;
        for (const auto& rule : zone.rules) sorted.push_back(&rule);
        std::ranges::stable_sort(sorted, {}, [](const auto* rule) {
            const bool accepts = rule->action == "accept";
            return std::pair(rule->priority, rule->priority == 0 && accepts);
        });
        const bool policy_decides = !zone.egress.empty();
        auto rule = sorted.begin();
        const auto until = [&](auto&& condition) {
            for (; rule != sorted.end() && condition(**rule); ++rule) add_rule(**rule, rules);
        };
        for (const auto& element : zone.elements)
            if (element.kind == "forward-port")
                add_element(element, {}, RuleAction::unknown, rules);
        until([](const FirewalldRule& one) {
            return one.priority < 0 || (one.priority == 0 && one.action != "accept");
        });
        for (const auto& element : zone.elements)
            if (element.kind != "forward-port") add_element(element, {}, RuleAction::accept, rules);
        until([](const FirewalldRule&) { return true; });
        if (policy_decides)
            if (const auto action = action_of(zone.target); action != RuleAction::proceed)
                rules.push_back({.action = action, .place = zone.place});
    }

    void add_rule(const FirewalldRule& rich, std::vector<FilterRule>& rules) {
        if (rich.family == "ipv6") return;
        FilterRule rule{.place = rich.place};
        auto action = RuleAction::proceed;
        if (rich.action == "accept") action = RuleAction::accept;
        if (rich.action == "reject" || rich.action == "drop") action = RuleAction::drop;
        if (rich.element && rich.element->kind == "forward-port") action = RuleAction::unknown;
        if (rich.source) narrow_source(rule, *rich.source);
        if (rich.destination) narrow_destination(rule, *rich.destination);
        if (action == RuleAction::proceed) return;
        if (rich.element) return add_element(*rich.element, rule, action, rules);
        rule.action = action;
        push(std::move(rule), rules);
    }

    void push(FilterRule rule, std::vector<FilterRule>& rules) {
        if (rule.holds == Truth::no) return;
        if (++count_ < kMostRules)
            rules.push_back(std::move(rule));
        else
            trouble(rule.place);
    }

    void narrow_source(FilterRule& rule, const FirewalldAddress& source) {
        if (!source.mac.empty()) return rule.require(negated_if(source.inverted, Truth::no));
        NumberMatch match{PacketField::source, source.inverted, {}};
        Result<std::vector<std::string>> entries = std::vector{source.address};
        if (!source.ipset.empty()) entries = entries_of(source.ipset);
        if (!entries) return rule.require(Truth::unknown);
        for (const auto& entry : *entries)
            if (const auto range = parse_ipv4_range(entry))
                match.ranges.push_back({range->first, range->last});
        rule.numbers.push_back(std::move(match));
    }

    [[nodiscard]] Result<std::vector<std::string>> entries_of(const std::string& ipset) const {
        const auto file = std::ranges::find(given_.ipsets, ipset, &FirewalldFile::name);
        if (file == given_.ipsets.end()) return failure(Errc::not_found, ipset + ": no such ipset");
        return read_firewalld_ipset(file->path, file->text);
    }

    static void narrow_destination(FilterRule& rule, const FirewalldAddress& destination) {
        const auto range = parse_ipv4_range(destination.address);
        const auto truth = range ? will_hold_our_address(*range) : Truth::unknown;
        rule.require(negated_if(destination.inverted, truth));
    }

    /// One rule for each port that the element stands for.
    void add_element(const FirewalldElement& element, FilterRule rule, RuleAction action,
                     std::vector<FilterRule>& rules, int depth = 0) {
        if (rule.place.where.empty()) rule.place = element.place;
        rule.action = action;
        if (element.kind == "service") return add_service(element, rule, rules, depth);
        const bool tcp = element.protocol == "tcp";
        if (element.kind == "protocol") {
            rule.require(element.value == "tcp" || element.value == "6" ? Truth::yes : Truth::no);
        } else if (element.kind == "port" || element.kind == "source-port" ||
                   element.kind == "forward-port") {
            const auto range = parse_port_range(element.value, '-');
            if (!tcp) rule.require(Truth::no);
            if (!range) rule.require(Truth::unknown);
            const bool source = element.kind == "source-port";
            if (range)
                rule.numbers.push_back(
                    {source ? PacketField::source_port : PacketField::port, false, {*range}});
        } else {
            return;  // ICMP, masquerading
        }
        push(std::move(rule), rules);
    }

    void add_service(const FirewalldElement& element, const FilterRule& rule,
                     std::vector<FilterRule>& rules, int depth) {
        const auto* const service = service_named(element.value);
        if (service == nullptr || depth > kDeepestInclude) return;
        auto narrowed = rule;
        if (service->for_some_destination) narrowed.require(Truth::unknown);
        for (const auto& port : service->elements)
            if (count_ < kMostRules) add_element(port, narrowed, rule.action, rules, depth + 1);
    }

    /// Null for a service that is not there: firewalld warns of it and goes on.
    const FirewalldService* service_named(const std::string& name) {
        const auto known = services_.find(name);
        if (known != services_.end()) return &known->second;
        const auto file = std::ranges::find(given_.services, name, &FirewalldFile::name);
        FirewalldService service;
        if (file != given_.services.end()) {
            auto read = read_firewalld_service(file->path, file->text);
            if (!read) trouble({file->path, read.error().message});
            if (read) service = std::move(*read);
        } else if (name == "ssh") {
            service.elements.push_back({"port", "22", "tcp", {}});  // as every release ships it
        } else {
            return nullptr;
        }
        return &services_.emplace(name, std::move(service)).first->second;
    }

    // Rules for iptables: before the zones with the old backend, beside them with nftables

    void direct(FilterChain& base) {
        if (!given_.direct) return;
        auto read = read_firewalld_direct(given_.direct->path, given_.direct->text);
        if (!read) return trouble({given_.direct->path, read.error().message});
        for (const auto& place : read->passthrough) trouble(place);
        std::ranges::stable_sort(read->rules, {}, &FirewalldDirect::Rule::priority);
        FilterChain chain{.name = "filter INPUT_direct"};
        for (const auto& rule : read->rules) {
            if (rule.family != "ipv4" || rule.chain == "OUTPUT" || rule.chain == "FORWARD")
                continue;
            const auto words = quoted_words(rule.arguments);
            const bool elsewhere = rule.chain != "INPUT" && rule.chain != "PREROUTING";
            if (rule.chain == "POSTROUTING" || (rule.table == "filter" && elsewhere)) continue;
            if (!words || rule.table != "filter") {
                trouble(rule.place);
                continue;
            }
            auto one = read_iptables_rule(getopt_words(*words), {"filter", true});
            one.place = rule.place;
            push(std::move(one), chain.rules);
        }
        if (given_.with_nftables) {
            chain.hook = FilterHook::input;
            chain.priority = -1;
        } else {
            base.rules.push_back({.action = RuleAction::jump, .target = chain.name});
        }
        out_.chains.push_back(std::move(chain));
    }

    const FirewalldConfiguration& given_;
    PacketFilter out_;
    std::vector<FirewalldZone> zones_, policies_;
    std::map<std::string, FirewalldService> services_;
    std::size_t count_ = 0;
};

}  // namespace

PacketFilter firewalld_filter(const FirewalldConfiguration& configuration) {
    return Builder(configuration).build();
}

}  // namespace guestprep
