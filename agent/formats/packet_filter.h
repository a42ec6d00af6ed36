// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agent/core/truth.h"

namespace guestprep {

/// The rules of a packet filter, whichever tool loads them, reduced to what can matter for one kind
/// of packet: the first of a new TCP connection over IPv4 to this host. Whatever is the same for
/// all of them (protocol, flags, state) is decided by the parser; what differs stays a condition.

enum class PacketField : std::uint8_t { source, source_port, port, tracking };
constexpr std::array<std::string_view, 4> enum_names(PacketField) {
    return {"source", "source_port", "port", "tracking"};
}
inline constexpr std::uint32_t kTrackedNew = 0;  ///< values of PacketField::tracking
inline constexpr std::uint32_t kUntracked = 1;

struct NumberRange {
    std::uint32_t first = 0;
    std::uint32_t last = 0;

    bool operator==(const NumberRange&) const = default;
    static void fields(auto& self, auto&& visit) {
        visit("first", self.first);
        visit("last", self.last);
    }
};

/// A condition on a number in the packet.
struct NumberMatch {
    PacketField field = PacketField::source;
    bool negated = false;
    std::vector<NumberRange> ranges;

    static void fields(auto& self, auto&& visit) {
        visit("field", self.field);
        visit("negated", self.negated);
        visit("ranges", self.ranges);
    }
};

/// A condition on the name of the interface the packet came in by.
struct InterfaceMatch {
    bool negated = false;
    std::vector<std::string> names;  ///< "eth*" for all that begin so

    static void fields(auto& self, auto&& visit) {
        visit("negated", self.negated);
        visit("names", self.names);
    }
};

[[nodiscard]] constexpr Truth negated_if(bool negated, Truth truth) {
    if (!negated || truth == Truth::unknown) return truth;
    return truth == Truth::yes ? Truth::no : Truth::yes;
}

/// `proceed`: the next rule. `untrack`: it proceeds without connection tracking. `unknown`: not
/// understood, or the packet is sent to another port or host.
enum class RuleAction : std::uint8_t {
    proceed,
    accept,
    drop,
    jump,
    go_to,
    leave,
    untrack,
    unknown
};
constexpr std::array<std::string_view, 8> enum_names(RuleAction) {
    return {"proceed", "accept", "drop", "jump", "go_to", "leave", "untrack", "unknown"};
}

/// A place in a file, with what stands there.
struct RulePlace {
    std::string where;  ///< "/etc/sysconfig/iptables:14"
    std::string text;

    bool operator==(const RulePlace&) const = default;
    static void fields(auto& self, auto&& visit) {
        visit("where", self.where);
        visit("text", self.text);
    }
};

struct FilterRule {
    /// Of the conditions that are the same for all such packets. A rule of which this is `no` says
    /// nothing and need not be kept.
    Truth holds = Truth::yes;
    std::vector<NumberMatch> numbers;
    std::vector<InterfaceMatch> interfaces;
    RuleAction action = RuleAction::proceed;
    std::string target;  ///< jump, go_to: FilterChain::name
    RulePlace place;

    void require(Truth truth) { holds = std::min(holds, truth); }

    static void fields(auto& self, auto&& visit) {
        visit("holds", self.holds);
        visit("numbers", self.numbers);
        visit("interfaces", self.interfaces);
        visit("action", self.action);
        visit("target", self.target);
        visit("place", self.place);
    }
};

/// In the order a packet for this host meets them.
enum class FilterHook : std::uint8_t { none, ingress, prerouting, input };
constexpr std::array<std::string_view, 4> enum_names(FilterHook) {
    return {"none", "ingress", "prerouting", "input"};
}

struct FilterChain {
    std::string name;  ///< unique in the filter: "filter INPUT", "inet filter input"
    FilterHook hook = FilterHook::none;
    std::int32_t priority = 0;
    RuleAction policy = RuleAction::accept;  ///< accept or drop; only where there is a hook
    RulePlace policy_place;
    std::vector<FilterRule> rules;

    static void fields(auto& self, auto&& visit) {
        visit("name", self.name);
        visit("hook", self.hook);
        visit("priority", self.priority);
        visit("policy", self.policy);
        visit("policy_place", self.policy_place);
        visit("rules", self.rules);
    }
};

struct PacketFilter {
    std::vector<FilterChain> chains;
    /// Why the whole cannot be relied on: a line that would keep the tool from loading it, a file
    /// that is not there.
    std::vector<RulePlace> problems;

    static void fields(auto& self, auto&& visit) {
        visit("chains", self.chains);
        visit("problems", self.problems);
    }
};

}  // namespace guestprep
