// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "agent/formats/packet_filter.h"

namespace guestprep {

struct Packet {
    std::uint32_t source = 0;
    std::uint32_t port = 0;
    std::string interface;
};

/// What becomes of a packet. Both true: it hangs on `doubt`.
struct Fate {
    bool may_pass = false;
    bool may_drop = false;
    RulePlace passed_by, dropped_by;  ///< the rule or policy
    RulePlace doubt;                  ///< the first rule that could not be judged
};

/// Follows packets through one filter, which must outlive it. The time for one packet is linear in
/// the number of rules, whatever jumps where. Loops and jumps that nest deeper than any kernel
/// allows are doubts.
class FilterWalk {
public:
    explicit FilterWalk(const PacketFilter& filter);
    [[nodiscard]] Fate follow(const Packet& packet);

private:
    /// What a chain does with the packet: any of these may happen. `through`: it comes out at the
    /// chain's end.
    struct ChainFate {
        bool may_pass = false, may_drop = false, may_go_through = false;
        const RulePlace* passed_by = nullptr;
        const RulePlace* dropped_by = nullptr;
        const RulePlace* doubt = nullptr;

        /// `certain`: it will, if the packet comes here; such a place is the one to show.
        void may_do(RuleAction action, const RulePlace& place, bool certain);
        void pass_by(const RulePlace* place, bool certain);
        void drop_by(const RulePlace* place, bool certain);
        void doubt_by(const RulePlace* place);
        /// Adds what the chain that a rule jumps to may do, but for coming back.
        void may_end_as(const ChainFate& target, bool certain);
        void add_to(Fate& fate) const;
    };

    void forget();
    [[nodiscard]] Truth applies(const FilterRule& rule) const;
    [[nodiscard]] Truth number_matches(const NumberMatch& match) const;
    [[nodiscard]] std::uint32_t value_of(PacketField field) const;
    ChainFate walk(std::size_t chain, int depth);
    bool take(const FilterRule& rule, Truth truth, int depth, ChainFate& fate);

    const std::vector<FilterChain>& chains_;
    std::unordered_map<std::string_view, std::size_t> index_;
    std::vector<std::size_t> bases_;
    const Packet* packet_ = nullptr;
    Truth tracking_ = Truth::yes;  ///< no: untracked
    std::vector<std::optional<ChainFate>> seen_;
    std::vector<bool> active_;
};

}  // namespace guestprep
