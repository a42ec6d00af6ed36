// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/hosts_access.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/ipv4.h"

namespace guestprep {
namespace {

/// Whether a list names the client. `some`: it names clients, and a stranger is not one of them.
enum class Match : std::uint8_t { no, some, yes, unknown };

struct Line {
    std::size_t number = 0;
    std::string text;
};

/// Lines with their continuations; a comment is a line that begins with '#', blanks or not.
std::vector<Line> logical_lines(std::string_view text) {
    std::vector<Line> lines;
    bool continued = false;
    std::size_t number = 0;
    for (auto line : lines_of(text)) {
        ++number;
        const bool goes_on = line.ends_with('\\');
        if (goes_on) line.remove_suffix(1);
        if (continued)
            lines.back().text += line;
        else
            lines.push_back({number, std::string(line)});
        continued = goes_on;
    }
    std::erase_if(lines, [](const Line& line) {
        const auto body = trimmed(line.text);
        return body.empty() || body.starts_with('#');
    });
    return lines;
}

/// Cut at ':', but not inside "[2001:db8::]/32" and not at "\:".
std::vector<std::string> fields_of(std::string_view text) {
    std::vector<std::string> fields(1);
    bool bracket = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\' && i + 1 < text.size() && text[i + 1] == ':') {
            fields.back() += text[++i];
            continue;
        }
        if (c == '[') bracket = true;
        if (c == ']') bracket = false;
        if (c == ':' && !bracket)
            fields.emplace_back();
        else
            fields.back() += c;
    }
    return fields;
}

bool is_glob(std::string_view text) { return text.find_first_of("*?") != std::string_view::npos; }

/// A stranger has an address in no listed network, and a name in no listed domain; it has a name
/// that resolves both ways, because a client without one is the exception.
Match match_client(std::string_view pattern) {
    if (const auto at = pattern.rfind('@'); at != std::string_view::npos && at > 0)
        pattern.remove_prefix(at + 1);  // "user@host" asks an ident server
    if (equal_ignoring_case(pattern, "ALL") || equal_ignoring_case(pattern, "KNOWN") ||
        pattern == "*" || pattern == "*.*.*.*")
        return Match::yes;
    if (equal_ignoring_case(pattern, "UNKNOWN") || equal_ignoring_case(pattern, "PARANOID"))
        return Match::no;
    // A file with more patterns, or a netgroup: neither is in this text.
    if (pattern.starts_with('/') || pattern.starts_with('@')) return Match::unknown;
    if (const auto range = parse_ipv4_range(pattern); range && range->is_everything())
        return Match::yes;
    return Match::some;
}

Match match_daemon(std::string_view pattern, std::string_view daemon) {
    // "sshd@192.0.2.1" holds for one address of this host, which will be another.
    const auto at = pattern.find('@');
    const auto name = pattern.substr(0, at);
    const bool names = equal_ignoring_case(name, "ALL") || equal_ignoring_case(name, daemon) ||
                       (is_glob(name) && matches_glob(lowercase(name), lowercase(daemon)));
    if (!names) return Match::no;
    return at == std::string_view::npos ? Match::yes : Match::some;
}

/// "a b EXCEPT c EXCEPT d" is a, b without (c without d).
template <class MatchOne>
Match match_list(const std::vector<std::string_view>& words, MatchOne match_one) {
    const auto is_except = [](std::string_view word) {
        return equal_ignoring_case(word, "EXCEPT");
    };
    // Read from the back, so that a long chain of EXCEPT needs no recursion.
    Match excluded = Match::no;
    Match found = Match::no;
    for (auto word = words.rbegin(); word != words.rend(); ++word) {
        if (!is_except(*word)) {
            found = std::max(found, match_one(*word));
            continue;
        }
        if (excluded == Match::yes || excluded == Match::unknown)
            found = found == Match::no ? Match::no
                                       : (excluded == Match::yes ? Match::no : Match::unknown);
        excluded = found;
        found = Match::no;
    }
    if (excluded == Match::yes) return Match::no;
    if (excluded == Match::unknown && found != Match::no) return Match::unknown;
    return found;
}

/// What the options after the client list make of a rule that fits: hosts_options(5).
WrapperVerdict with_options(const std::vector<std::string>& fields, WrapperVerdict verdict) {
    for (std::size_t i = 2; i < fields.size(); ++i) {
        const auto words = words_of(fields[i], " \t=");
        if (words.empty()) continue;
        const auto option = lowercase(words.front());
        if (option == "allow") verdict = WrapperVerdict::admitted;
        if (option == "deny" || option == "twist") verdict = WrapperVerdict::refused;
        if (option == "aclexec") verdict = WrapperVerdict::unknown;  // a program decides
    }
    return verdict;
}

struct Search {
    std::string_view daemon;
    WrapperDecision decision;
    std::vector<WrapperRule> admits_some;

    /// True where a line of this file decided.
    bool look(std::string_view path, std::string_view text, WrapperVerdict verdict) {
        for (const auto& line : logical_lines(text)) {
            const auto fields = fields_of(line.text);
            if (fields.size() < 2) continue;  // tcpd logs 'missing ":" separator' and goes on
            const auto daemons = match_list(words_of(fields[0], " \t,"),
                                            [&](auto word) { return match_daemon(word, daemon); });
            const auto clients = match_list(words_of(fields[1], " \t,"), match_client);
            if (daemons == Match::no || clients == Match::no) continue;
            const WrapperRule rule{at_line(path, line.number), shown(line.text)};
            const auto outcome = with_options(fields, verdict);
            if (clients == Match::unknown || daemons == Match::unknown) {
                decision = {WrapperVerdict::unknown, rule, {}};
                return true;
            }
            if (clients == Match::yes && daemons == Match::yes) {
                decision = {outcome, rule, {}};
                return true;
            }
            if (outcome == WrapperVerdict::admitted) admits_some.push_back(rule);
        }
        return false;
    }
};

}  // namespace

WrapperDecision judge_hosts_access(std::string_view allow, std::string_view deny,
                                   std::string_view daemon) {
    Search search{daemon, {}, {}};
    if (!search.look("/etc/hosts.allow", allow, WrapperVerdict::admitted))
        search.look("/etc/hosts.deny", deny, WrapperVerdict::refused);
    if (search.decision.verdict == WrapperVerdict::refused)
        search.decision.exceptions = std::move(search.admits_some);
    return search.decision;
}

}  // namespace guestprep
