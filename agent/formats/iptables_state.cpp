// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/iptables_state.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "agent/core/text.h"
#include "agent/formats/iptables_rule.h"

namespace guestprep {
namespace {

/// Chains that packets for this host meet in a table, with the priority of the table there.
struct Builtin {
    std::string_view table, chain;
    FilterHook hook;
    std::int32_t priority;
};
constexpr Builtin kBuiltins[] = {
    {"raw", "PREROUTING", FilterHook::prerouting, -300},
    {"mangle", "PREROUTING", FilterHook::prerouting, -150},
    {"nat", "PREROUTING", FilterHook::prerouting, -100},
    {"mangle", "INPUT", FilterHook::input, -150},
    {"filter", "INPUT", FilterHook::input, 0},
    {"security", "INPUT", FilterHook::input, 50},
};

const Builtin* builtin(std::string_view table, std::string_view chain) {
    const auto* const found = std::ranges::find_if(kBuiltins, [&](const Builtin& entry) {
        return entry.table == table && entry.chain == chain;
    });
    return found == std::end(kBuiltins) ? nullptr : found;
}

bool is_any_of(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
}

/// "[12:3456] -A INPUT ...", as iptables-save -c writes it.
std::string_view without_counters(std::string_view line) {
    line = trimmed(line);
    if (!line.starts_with('[')) return line;
    const auto end = line.find(']');
    return end == std::string_view::npos ? line : trimmed(line.substr(end + 1));
}

bool sets_mark(const IptablesRule& rule) {
    const auto& words = rule.words;
    for (std::size_t i = 0; i + 1 < words.size(); ++i)
        if (is_any_of(words[i], {"-j", "--jump", "-g"}) &&
            is_any_of(words[i + 1], {"MARK", "CONNMARK", "IPMARK"}))
            return true;
    return false;
}

/// `name` may be as FilterRule::target has it, "filter name".
bool exists(const IptablesTable& table, std::string_view name) {
    if (name.starts_with(table.name + ' ')) name.remove_prefix(table.name.size() + 1);
    if (is_any_of(name, {"INPUT", "OUTPUT", "FORWARD", "PREROUTING", "POSTROUTING"})) return true;
    const auto found = table.chains.find(name);
    return found != table.chains.end() && found->second.policy;
}

}  // namespace

std::optional<std::vector<std::string>> quoted_words(std::string_view line) {
    std::vector<std::string> words;
    char quote = 0;
    bool in_word = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == 0 && (c == ' ' || c == '\t' || c == '\r')) {
            in_word = false;
            continue;
        }
        if (!in_word) words.emplace_back();
        in_word = true;
        if (quote == 0 && (c == '"' || c == '\''))
            quote = c;
        else if (c == quote)
            quote = 0;
        else if (quote != 0 && c == '\\' && i + 1 < line.size())
            words.back() += line[++i];
        else
            words.back() += c;
    }
    if (quote != 0) return std::nullopt;
    return words;
}

IptablesTable& IptablesState::table(std::string_view name) {
    const auto found = std::ranges::find(tables_, name, &IptablesTable::name);
    if (found != tables_.end()) return *found;
    return tables_.emplace_back(IptablesTable{std::string(name), {}});
}

IptablesChain& IptablesState::chain(std::string_view table_name, std::string_view name) {
    return table(table_name).chains[std::string(name)];
}

void IptablesState::restore(std::string_view path, std::string_view text, bool flush) {
    std::string current;  // the table, empty outside
    std::size_t number = 0;
    RulePlace opened;
    for (const auto line : lines_of(text)) {
        const RulePlace place{at_line(path, ++number), shown(trimmed(line))};
        const auto body = without_counters(line);
        if (line.starts_with('#') || body.empty()) continue;
        if (body.starts_with('*')) {
            if (!current.empty()) trouble(opened);
            current = body.substr(1);
            opened = place;
            if (flush) table(current).chains.clear();
            table(current);
        } else if (current.empty()) {
            trouble(place);
        } else if (body == "COMMIT") {
            current.clear();
        } else if (body.starts_with(':')) {
            declare(current, body.substr(1), place);
        } else if (const auto words = quoted_words(body)) {
            run_in(current, *words, place);
        } else {
            trouble(place);
        }
    }
    // Without COMMIT iptables-restore ends with an error, and the table stays as it was.
    if (!current.empty()) trouble(opened);
    if (const auto cut = text.find('\r'); cut != std::string_view::npos)
        trouble({std::string(path), "line endings of DOS: iptables-restore refuses the file"});
}

void IptablesState::declare(std::string_view table_name, std::string_view line,
                            const RulePlace& place) {
    const auto words = words_of(line);
    if (words.empty()) return trouble(place);
    auto& declared = chain(table_name, words[0]);
    // A chain that is there already is emptied, even with --noflush; but not a built-in one.
    if (words.size() < 2 || words[1] == "-") declared.rules.clear();
    declared.policy = words.size() > 1 ? std::string(words[1]) : "-";
    declared.policy_place = place;
}

/// `words` is what follows the chain.
struct IptablesState::Command {
    std::string table;
    char letter = 0;
    std::string chain;
    std::vector<std::string> words;
};

void IptablesState::run(const std::vector<std::string>& words, const RulePlace& place) {
    run_in("filter", words, place);
}

void IptablesState::run_in(std::string_view table_name, const std::vector<std::string>& given,
                           const RulePlace& place) {
    constexpr std::pair<std::string_view, char> kLong[] = {
        {"--append", 'A'},     {"--insert", 'I'},       {"--delete", 'D'}, {"--replace", 'R'},
        {"--new-chain", 'N'},  {"--new", 'N'},          {"--flush", 'F'},  {"--policy", 'P'},
        {"--zero", 'Z'},       {"--delete-chain", 'X'}, {"--list", 'L'},   {"--check", 'C'},
        {"--list-rules", 'S'}, {"--rename-chain", 'E'}};
    Command command{std::string(table_name), 0, {}, {}};
    const auto words = getopt_words(given);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const auto& word = words[i];
        const bool is_short =
            word.size() == 2 && word[0] == '-' && contains("ADIRNFPZXLCSE", word.substr(1));
        const auto* const known =
            std::ranges::find(kLong, word, &std::pair<std::string_view, char>::first);
        if ((word == "-t" || word == "--table") && i + 1 < words.size()) {
            command.table = words[++i];
        } else if (command.letter == 0 && (is_short || known != std::end(kLong))) {
            command.letter = is_short ? word[1] : known->second;
            if (i + 1 < words.size() && !words[i + 1].starts_with('-')) command.chain = words[++i];
        } else {
            command.words.push_back(word);
        }
    }
    apply(command, place);
}

void IptablesState::set_policy(std::string_view name, std::string_view policy,
                               const RulePlace& place) {
    auto& known = chain("filter", name);
    known.policy = policy;
    known.policy_place = place;
}

void IptablesState::apply(const Command& command, const RulePlace& place) {
    auto& chains = table(command.table).chains;
    switch (command.letter) {
        case 'Z':
        case 'L':
        case 'S':
        case 'C':
            return;
        case 'N':
            chain(command.table, command.chain).policy = "-";
            return;
        case 'X':
            std::erase_if(chains, [&](const auto& known) {
                return command.chain.empty() ? known.second.policy == "-"
                                             : known.first == command.chain;
            });
            return;
        case 'F':
            for (auto& [name, known] : chains)
                if (command.chain.empty() || name == command.chain) known.rules.clear();
            return;
        case 'P': {
            auto& known = chain(command.table, command.chain);
            if (command.words.empty()) return trouble(place);
            known.policy = command.words.front();
            known.policy_place = place;
            return;
        }
        case 'A':
        case 'I':
        case 'D':
        case 'R':
            return edit(command, place);
        default:
            return trouble(place);
    }
}

void IptablesState::edit(const Command& command, const RulePlace& place) {
    constexpr int kMostSearches = 1000;  // rules may be many, and so may be such commands
    auto& rules = chain(command.table, command.chain).rules;
    auto words = command.words;
    std::optional<std::uint64_t> number;
    if (command.letter != 'A' && !words.empty()) number = to_number(words.front());
    if (number) words.erase(words.begin());
    if (command.letter == 'A') {
        rules.push_back({std::move(words), place});
        return;
    }
    if (command.letter == 'I' && number.value_or(1) == 1) {
        rules.push_front({std::move(words), place});
        return;
    }
    auto found = rules.end();
    if (number && *number > 0 && *number <= rules.size())
        found = rules.begin() + static_cast<std::ptrdiff_t>(*number - 1);
    if (!number && searches_ < kMostSearches)
        found = std::ranges::find(rules, words, &IptablesRule::words);
    const bool appends = command.letter == 'I' && number == rules.size() + 1;
    if (++searches_ > kMostSearches || (found == rules.end() && !appends)) return trouble(place);
    if (command.letter == 'I')
        rules.insert(found, {std::move(words), place});
    else if (command.letter == 'D')
        rules.erase(found);
    else
        *found = {std::move(words), place};
}

PacketFilter IptablesState::filter() const {
    PacketFilter out{{}, problems_};
    const bool marked = std::ranges::any_of(tables_, [](const IptablesTable& one) {
        return std::ranges::any_of(one.chains, [](const auto& known) {
            return std::ranges::any_of(known.second.rules, sets_mark);
        });
    });
    for (const auto& one : tables_)
        for (const auto& [name, known] : one.chains) {
            FilterChain chain{.name = one.name + ' ' + name};
            if (const auto* const base = builtin(one.name, name)) {
                chain.hook = base->hook;
                chain.priority = base->priority;
                chain.policy = known.policy == "DROP" ? RuleAction::drop : RuleAction::accept;
                chain.policy_place = known.policy_place;
            }
            for (const auto& rule : known.rules) {
                auto read = read_iptables_rule(rule.words, {one.name, marked});
                read.place = rule.place;
                // The tool refuses a chain that nobody made, and with it the whole file.
                if (!exists(one, name) || !(read.target.empty() || exists(one, read.target)))
                    out.problems.push_back(rule.place);
                if (read.holds != Truth::no) chain.rules.push_back(std::move(read));
            }
            out.chains.push_back(std::move(chain));
        }
    return out;
}

}  // namespace guestprep
