// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/admittance.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include "agent/formats/filter_walk.h"

namespace guestprep {
namespace {

/// Enough to tell whom a real rule set admits; more would only cost time on a hostile one.
constexpr std::size_t kMostSources = 100;
constexpr std::size_t kMostInterfaces = 32;
constexpr std::size_t kMostPorts = 8;
constexpr std::size_t kMostPlaces = 5;

template <class Visit>
void each_rule(const PacketFilter& filter, Visit visit) {
    for (const auto& chain : filter.chains)
        for (const auto& rule : chain.rules) visit(rule);
}

/// How many ranges that rules name begin (or end, negative) at an address.
std::map<std::uint64_t, std::int64_t> steps_of(const PacketFilter& filter) {
    std::map<std::uint64_t, std::int64_t> steps;
    each_rule(filter, [&](const FilterRule& rule) {
        for (const auto& match : rule.numbers) {
            if (match.field != PacketField::source) continue;
            for (const auto& range : match.ranges) {
                ++steps[range.first];
                --steps[std::uint64_t{range.last} + 1];
            }
        }
    });
    return steps;
}

/// An address of the Internet that the rules know nothing of: outside every range they name, or,
/// where their ranges cover the world, inside as few as possible.
std::uint32_t stranger_to(const PacketFilter& filter) {
    auto steps = steps_of(filter);
    for (const auto& block : off_internet())
        steps[block.first] += 0, steps[std::uint64_t{block.last} + 1] += 0;

    std::uint32_t best = 0;
    std::pair<std::int64_t, std::int64_t> best_rank{INT64_MAX, 0};  // ranges, minus the size
    std::int64_t covering = 0;
    for (auto step = steps.begin(); std::next(step) != steps.end(); ++step) {
        covering += step->second;
        const auto size = std::next(step)->first - step->first;
        const std::pair rank{covering, -static_cast<std::int64_t>(size)};
        const auto middle = static_cast<std::uint32_t>(step->first + size / 2);
        if (is_off_internet(middle) || rank >= best_rank) continue;
        best_rank = rank;
        best = middle;
    }
    return best;
}

bool could_admit(const FilterRule& rule, const std::vector<std::uint16_t>& ports) {
    const bool helps = rule.action == RuleAction::accept || rule.action == RuleAction::jump ||
                       rule.action == RuleAction::go_to || rule.action == RuleAction::leave;
    if (!helps || rule.holds == Truth::no) return false;
    return std::ranges::all_of(rule.numbers, [&](const NumberMatch& match) {
        if (match.field != PacketField::port || match.negated) return true;
        return std::ranges::any_of(match.ranges, [&](const NumberRange& range) {
            return std::ranges::any_of(
                ports, [&](auto port) { return range.first <= port && port <= range.last; });
        });
    });
}

class Inquiry {
public:
    Inquiry(const PacketFilter& filter, std::vector<std::uint16_t> ports,
            const std::vector<std::string>& interfaces)
        : filter_(filter), ports_(std::move(ports)), interfaces_(interfaces), walk_(filter) {
        if (ports_.size() > kMostPorts) ports_.resize(kMostPorts);
    }

    Admittance answer() {
        if (!filter_.problems.empty()) return {Admission::unknown, filter_.problems, {}, {}};
        const auto stranger = stranger_to(filter_);
        Fate open, shut;
        std::vector<std::string> open_by;
        for (const auto& interface : interfaces_) {
            auto fate = ask(stranger, interface);
            if (fate.may_pass && fate.may_drop)
                return {Admission::unknown, {std::move(fate.doubt)}, {}, {}};
            if (fate.may_pass) open_by.push_back(interface);
            (fate.may_pass ? open : shut) = std::move(fate);
        }
        if (open_by.size() == interfaces_.size())
            return {Admission::everyone, {std::move(open.passed_by)}, {}, {}};
        show(shut.dropped_by);
        if (!open_by.empty()) {
            show(open.passed_by);
            return {Admission::some_interfaces, std::move(because_), {}, std::move(open_by)};
        }
        if (auto sources = admitted_sources(); !sources.empty())
            return {Admission::some_sources, std::move(because_), std::move(sources), {}};
        auto others = other_interfaces(stranger);
        return {Admission::nobody, std::move(because_), {}, std::move(others)};
    }

private:
    /// The best that happens on any of the ports.
    Fate ask(std::uint32_t source, const std::string& interface) {
        Fate best;
        for (const auto port : ports_) {
            auto fate = walk_.follow({source, port, interface});
            if (fate.may_pass && !fate.may_drop) return fate;
            if (fate.may_pass || !best.may_drop) best = std::move(fate);
        }
        return best;
    }

    void show(const RulePlace& place) {
        if (because_.size() < kMostPlaces && std::ranges::find(because_, place) == because_.end())
            because_.push_back(place);
    }

    std::vector<Ipv4Range> admitted_sources() {
        std::vector<Ipv4Range> candidates, admitted;
        each_rule(filter_, [&](const FilterRule& rule) {
            if (!could_admit(rule, ports_)) return;
            for (const auto& match : rule.numbers)
                if (match.field == PacketField::source && !match.negated)
                    for (const auto& range : match.ranges)
                        if (candidates.size() < kMostSources)
                            candidates.push_back({range.first, range.last});
        });
        for (const auto& range : candidates) {
            const bool known = std::ranges::find(admitted, range) != admitted.end();
            if (!known && is_admitted(range)) admitted.push_back(range);
        }
        return admitted;
    }

    bool is_admitted(Ipv4Range range) {
        for (const auto& interface : interfaces_)
            // A narrower rule before may shut out one end of the range.
            for (const auto source : {range.last, range.first}) {
                const auto fate = ask(source, interface);
                if (!fate.may_pass || fate.may_drop) continue;
                show(fate.passed_by);
                return true;
            }
        return false;
    }

    std::vector<std::string> other_interfaces(std::uint32_t stranger) {
        std::vector<std::string> candidates, others;
        each_rule(filter_, [&](const FilterRule& rule) {
            for (const auto& match : rule.interfaces)
                for (const auto& name : match.names)
                    if (candidates.size() < kMostInterfaces && name != "lo" &&
                        std::ranges::find(candidates, name) == candidates.end())
                        candidates.push_back(name);
        });
        for (const auto& name : candidates) {
            const auto fate = ask(stranger, name);
            if (!fate.may_pass || fate.may_drop) continue;
            show(fate.passed_by);
            others.push_back(name);
        }
        return others;
    }

    const PacketFilter& filter_;
    std::vector<std::uint16_t> ports_;
    const std::vector<std::string>& interfaces_;
    FilterWalk walk_;
    std::vector<RulePlace> because_;
};

}  // namespace

Admittance admittance(const PacketFilter& filter, const std::vector<std::uint16_t>& ports,
                      const std::vector<std::string>& interfaces) {
    return Inquiry(filter, ports, interfaces).answer();
}

}  // namespace guestprep
