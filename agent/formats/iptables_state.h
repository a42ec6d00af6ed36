// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/formats/packet_filter.h"

namespace guestprep {

struct IptablesRule {
    std::vector<std::string> words;  ///< without the command and the chain
    RulePlace place;
};

struct IptablesChain {
    std::optional<std::string> policy;  ///< as the file declares it: "ACCEPT", "-"
    RulePlace policy_place;
    std::deque<IptablesRule> rules;  ///< a deque, because scripts insert at the front
};

struct IptablesTable {
    std::string name;
    std::map<std::string, IptablesChain, std::less<>> chains;  ///< those that something was said of
};

/// The tables of the kernel as files for iptables-restore and iptables commands leave them, from
/// empty tables on.
class IptablesState {
public:
    /// What iptables-restore does with a file. `flush` is its default; `--noflush` adds.
    void restore(std::string_view path, std::string_view text, bool flush = true);

    /// One command, cut into words, without the program's name.
    void run(const std::vector<std::string>& words, const RulePlace& place);

    /// Sets a policy as "iptables -P" does.
    void set_policy(std::string_view chain, std::string_view policy, const RulePlace& place);

    [[nodiscard]] const std::vector<IptablesTable>& tables() const { return tables_; }
    [[nodiscard]] PacketFilter filter() const;

private:
    struct Command;

    IptablesTable& table(std::string_view name);
    IptablesChain& chain(std::string_view table_name, std::string_view name);
    void declare(std::string_view table_name, std::string_view line, const RulePlace& place);
    void run_in(std::string_view table_name, const std::vector<std::string>& words,
                const RulePlace& place);
    void apply(const Command& command, const RulePlace& place);
    void edit(const Command& command, const RulePlace& place);
    void trouble(const RulePlace& place) { problems_.push_back(place); }

    std::vector<IptablesTable> tables_;
    std::vector<RulePlace> problems_;
    int searches_ = 0;  ///< edits that took a walk through a chain
};

/// Cut into words as iptables-restore does: quotes of both kinds, a backslash within them.
/// Nothing where a quote is not closed.
[[nodiscard]] std::optional<std::vector<std::string>> quoted_words(std::string_view line);

}  // namespace guestprep
