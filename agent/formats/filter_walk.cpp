// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/filter_walk.h"

#include <algorithm>
#include <utility>

namespace guestprep {
namespace {

/// nftables allows 16, iptables as many as fit its stack; nobody writes more than a handful.
constexpr int kDeepest = 100;

bool interface_matches(const InterfaceMatch& match, std::string_view interface) {
    const bool found = std::ranges::any_of(match.names, [&](const std::string& name) {
        if (!name.ends_with('*')) return name == interface;
        return interface.starts_with(std::string_view(name).substr(0, name.size() - 1));
    });
    return found != match.negated;
}

}  // namespace

void FilterWalk::ChainFate::may_do(RuleAction action, const RulePlace& place, bool certain) {
    const bool any = action == RuleAction::unknown;
    if (any || action == RuleAction::accept) pass_by(&place, certain);
    if (any || action == RuleAction::drop) drop_by(&place, certain);
    if (any || action == RuleAction::leave) may_go_through = true;
    if (any) doubt_by(&place);
}

void FilterWalk::ChainFate::pass_by(const RulePlace* place, bool certain) {
    may_pass = true;
    if (certain || passed_by == nullptr) passed_by = place;
}

void FilterWalk::ChainFate::drop_by(const RulePlace* place, bool certain) {
    may_drop = true;
    if (certain || dropped_by == nullptr) dropped_by = place;
}

void FilterWalk::ChainFate::doubt_by(const RulePlace* place) {
    if (doubt == nullptr) doubt = place;
}

void FilterWalk::ChainFate::may_end_as(const ChainFate& target, bool certain) {
    if (target.may_pass) pass_by(target.passed_by, certain);
    if (target.may_drop) drop_by(target.dropped_by, certain);
    doubt_by(target.doubt);
}

void FilterWalk::ChainFate::add_to(Fate& fate) const {
    if (passed_by != nullptr) fate.passed_by = *passed_by;
    if (dropped_by != nullptr && (!fate.may_drop || !may_pass)) fate.dropped_by = *dropped_by;
    if (doubt != nullptr && fate.doubt.where.empty()) fate.doubt = *doubt;
    fate.may_drop |= may_drop;
    fate.may_pass = may_pass;
}

FilterWalk::FilterWalk(const PacketFilter& filter) : chains_(filter.chains) {
    for (std::size_t i = 0; i < chains_.size(); ++i) {
        index_.emplace(chains_[i].name, i);
        if (chains_[i].hook != FilterHook::none) bases_.push_back(i);
    }
    std::ranges::stable_sort(bases_, [&](std::size_t a, std::size_t b) {
        const auto key = [&](std::size_t i) {
            return std::pair(chains_[i].hook, chains_[i].priority);
        };
        return key(a) < key(b);
    });
}

Fate FilterWalk::follow(const Packet& packet) {
    packet_ = &packet;
    tracking_ = Truth::yes;
    Fate fate{.may_pass = true};
    forget();
    for (const auto base : bases_) {
        const auto tracking = tracking_;
        auto here = walk(base, 0);
        if (here.may_go_through)
            here.may_do(chains_[base].policy, chains_[base].policy_place, true);
        here.add_to(fate);
        if (!fate.may_pass) break;
        if (tracking_ != tracking) forget();  // a chain may do otherwise now
    }
    return fate;
}

void FilterWalk::forget() {
    seen_.assign(chains_.size(), std::nullopt);
    active_.assign(chains_.size(), false);
}

Truth FilterWalk::applies(const FilterRule& rule) const {
    auto truth = rule.holds;
    for (const auto& match : rule.numbers) {
        if (truth == Truth::no) return truth;
        truth = std::min(truth, number_matches(match));
    }
    for (const auto& match : rule.interfaces)
        if (!interface_matches(match, packet_->interface)) return Truth::no;
    return truth;
}

Truth FilterWalk::number_matches(const NumberMatch& match) const {
    if (match.field == PacketField::tracking && tracking_ == Truth::unknown) return Truth::unknown;
    const auto value = value_of(match.field);
    const bool found = std::ranges::any_of(match.ranges, [&](const NumberRange& range) {
        return range.first <= value && value <= range.last;
    });
    return found != match.negated ? Truth::yes : Truth::no;
}

std::uint32_t FilterWalk::value_of(PacketField field) const {
    switch (field) {
        case PacketField::source:
            return packet_->source;
        case PacketField::port:
            return packet_->port;
        case PacketField::source_port:
            return 50123;  // as a client's system picks one
        case PacketField::tracking:
            return tracking_ == Truth::yes ? kTrackedNew : kUntracked;
    }
    return 0;
}

FilterWalk::ChainFate FilterWalk::walk(std::size_t chain, int depth) {
    if (seen_[chain]) return *seen_[chain];
    active_[chain] = true;
    ChainFate fate;
    bool ended = false;
    for (const auto& rule : chains_[chain].rules) {
        const auto truth = applies(rule);
        if (truth == Truth::no || rule.action == RuleAction::proceed) continue;
        if (truth == Truth::unknown) fate.doubt_by(&rule.place);
        ended = take(rule, truth, depth, fate) && truth == Truth::yes;
        if (ended) break;
    }
    if (!ended) fate.may_go_through = true;
    active_[chain] = false;
    seen_[chain] = fate;
    return fate;
}

/// Adds what the rule does. True where the next rule is not reached if this one applies.
bool FilterWalk::take(const FilterRule& rule, Truth truth, int depth, ChainFate& fate) {
    if (rule.action == RuleAction::untrack) {
        tracking_ = std::min(tracking_, truth == Truth::yes ? Truth::no : Truth::unknown);
        return false;
    }
    if (rule.action != RuleAction::jump && rule.action != RuleAction::go_to) {
        fate.may_do(rule.action, rule.place, truth == Truth::yes);
        return rule.action != RuleAction::unknown;
    }
    const auto target = index_.find(rule.target);
    if (target == index_.end() || active_[target->second] || depth == kDeepest) {
        fate.may_do(RuleAction::unknown, rule.place, false);
        return false;
    }
    const auto there = walk(target->second, depth + 1);
    fate.may_end_as(there, truth == Truth::yes);
    if (rule.action == RuleAction::go_to && there.may_go_through) fate.may_go_through = true;
    return rule.action == RuleAction::go_to || !there.may_go_through;
}

}  // namespace guestprep
