// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/iptables_rule.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "agent/core/text.h"
#include "agent/formats/iptables_options.h"
#include "agent/formats/ipv4.h"
#include "agent/formats/packet_terms.h"

namespace guestprep {
namespace {

constexpr std::string_view kAcceptTargets[] = {"ACCEPT"};
constexpr std::string_view kDropTargets[] = {"DROP", "REJECT", "TARPIT", "DELUDE"};
constexpr std::string_view kOtherwhereTargets[] = {"DNAT",     "REDIRECT",  "TPROXY", "NETMAP",
                                                   "SAME",     "MIRROR",    "QUEUE",  "NFQUEUE",
                                                   "SYNPROXY", "CLUSTERIP", "STEAL",  "RAWDNAT"};
constexpr std::string_view kProceedTargets[] = {
    "LOG", "ULOG",  "NFLOG",      "MARK",        "CONNMARK", "TOS",       "DSCP",        "TCPMSS",
    "TTL", "HL",    "ECN",        "CLASSIFY",    "AUDIT",    "SET",       "CHECKSUM",    "SECMARK",
    "TEE", "TRACE", "NFACCT",     "RATEEST",     "LED",      "IDLETIMER", "CONNSECMARK", "ACCOUNT",
    "CT",  "SNAT",  "MASQUERADE", "TCPOPTSTRIP", "SYSRQ",    "IPMARK",    "NETFLOW"};

constexpr auto kYes = Truth::yes;
constexpr auto kNo = Truth::no;

bool among(std::string_view word, std::span<const std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
}

/// Bits of the TCP flags that --tcp-flags names; the packet carries SYN alone.
std::optional<unsigned> tcp_flags(std::string_view list) {
    constexpr std::string_view kNames[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG"};
    if (list == "ALL") return 0x3FU;
    if (list == "NONE") return 0U;
    unsigned bits = 0;
    for (const auto name : split(list, ',')) {
        const auto* const found = std::ranges::find(kNames, name);
        if (found == std::end(kNames)) return std::nullopt;
        bits |= 1U << (found - std::begin(kNames));
    }
    return bits;
}

class RuleReader {
public:
    RuleReader(const std::vector<std::string>& words, const IptablesContext& context)
        : words_(words), context_(context) {}

    FilterRule read() {
        while (at_ < words_.size()) {
            if (words_[at_] == "!") {
                negated_ = !negated_;
                ++at_;
                continue;
            }
            const std::string& word = words_[at_++];
            if (!basic(word) && !ports(word) && !connection(word) && !packet(word) && !fixed(word))
                other(word);
            negated_ = false;
        }
        return std::move(rule_);
    }

private:
    /// The option's argument; a '!' before it turns the option round ("-s ! 10.0.0.0/8").
    std::string_view argument() {
        if (at_ < words_.size() && words_[at_] == "!") {
            negated_ = !negated_;
            ++at_;
        }
        if (at_ < words_.size()) return words_[at_++];
        rule_.require(Truth::unknown);
        return {};
    }
    void require(Truth truth) { rule_.require(negated_if(negated_, truth)); }

    bool basic(std::string_view option) {
        if (option == "-p" || option == "--protocol" || option == "--proto") {
            const auto name = lowercase(argument());
            require(name == "tcp" || name == "6" || name == "all" || name == "0" ? kYes : kNo);
        } else if (option == "-s" || option == "--source" || option == "--src") {
            sources(argument());
        } else if (option == "-d" || option == "--destination" || option == "--dst") {
            destinations(argument());
        } else if (option == "-i" || option == "--in-interface") {
            interface(argument());
        } else if (option == "-o" || option == "--out-interface") {
            argument();
            require(kNo);
        } else if (option == "-m" || option == "--match") {
            if (!is_judged_iptables_module(argument())) rule_.require(Truth::unknown);
        } else if (option == "-j" || option == "--jump") {
            target(std::string(argument()), RuleAction::jump);
        } else if (option == "-g" || option == "--goto") {
            target(std::string(argument()), RuleAction::go_to);
        } else {
            return false;
        }
        return true;
    }

    void sources(std::string_view list) {
        NumberMatch match{PacketField::source, false, {}};
        for (const auto part : split(list, ',')) {
            // A host's name stands for addresses that only a resolver knows: no stranger's.
            if (const auto range = parse_ipv4_range(part))
                match.ranges.push_back({range->first, range->last});
            else if (contains(part, "/"))
                return rule_.require(Truth::unknown);
        }
        match.negated = negated_;
        rule_.numbers.push_back(std::move(match));
    }

    void destinations(std::string_view list) {
        auto truth = kNo;
        for (const auto part : split(list, ',')) {
            const auto range = parse_ipv4_range(part);
            truth = std::max(truth, range ? will_hold_our_address(*range) : Truth::unknown);
        }
        require(truth);
    }

    void interface(std::string_view name) {
        std::string pattern(name);
        if (pattern == "+") return require(kYes);
        if (pattern.ends_with('+')) pattern.back() = '*';
        rule_.interfaces.push_back({negated_, {std::move(pattern)}});
    }

    void target(const std::string& name, RuleAction otherwise) {
        has_target_ = true;
        rule_.action = RuleAction::proceed;
        if (name == "RETURN") rule_.action = RuleAction::leave;
        if (name == "NOTRACK") rule_.action = RuleAction::untrack;
        if (among(name, kAcceptTargets)) rule_.action = RuleAction::accept;
        if (among(name, kDropTargets)) rule_.action = RuleAction::drop;
        if (among(name, kOtherwhereTargets)) rule_.action = RuleAction::unknown;
        if (rule_.action != RuleAction::proceed || among(name, kProceedTargets)) return;
        rule_.action = otherwise;
        rule_.target = context_.table + ' ' + name;
    }

    bool ports(std::string_view option) {
        const bool destination = option == "--dport" || option == "--destination-port" ||
                                 option == "--dports" || option == "--destination-ports" ||
                                 option == "--port" || option == "--ports";
        const bool source = option == "--sport" || option == "--source-port" ||
                            option == "--sports" || option == "--source-ports";
        if (!destination && !source) return false;
        NumberMatch match{destination ? PacketField::port : PacketField::source_port, false, {}};
        for (const auto part : split(argument(), ',')) {
            const auto range = parse_port_range(part, ':');
            if (!range) return rule_.require(Truth::unknown), true;
            match.ranges.push_back(*range);
        }
        match.negated = negated_;
        rule_.numbers.push_back(std::move(match));
        return true;
    }

    bool connection(std::string_view option) {
        if (option == "--state" || option == "--ctstate") {
            NumberMatch match{PacketField::tracking, false, {}};
            for (const auto part : split(argument(), ',')) {
                if (equal_ignoring_case(part, "NEW"))
                    match.ranges.push_back({kTrackedNew, kTrackedNew});
                if (equal_ignoring_case(part, "UNTRACKED"))
                    match.ranges.push_back({kUntracked, kUntracked});
            }
            match.negated = negated_;
            rule_.numbers.push_back(std::move(match));
        } else if (option == "--ctproto") {
            const auto name = lowercase(argument());
            require(name == "tcp" || name == "6" ? kYes : kNo);
        } else if (option == "--ctdir") {
            require(equal_ignoring_case(argument(), "ORIGINAL") ? kYes : kNo);
        } else if (option == "--syn") {
            require(kYes);
        } else if (option == "--tcp-flags") {
            const auto mask = tcp_flags(argument());
            const auto set = tcp_flags(argument());
            constexpr unsigned kSyn = 2;
            require(mask && set ? ((*mask & kSyn) == *set ? kYes : kNo) : Truth::unknown);
        } else {
            return false;
        }
        return true;
    }

    bool packet(std::string_view option) {
        if (option == "--src-range") {
            const auto text = argument();
            const auto cut = text.find('-');
            const auto first = parse_ipv4(text.substr(0, cut));
            const auto last = parse_ipv4(text.substr(cut == std::string_view::npos ? 0 : cut + 1));
            if (!first || !last) return rule_.require(Truth::unknown), true;
            rule_.numbers.push_back({PacketField::source, negated_, {{*first, *last}}});
        } else if (option == "--dst-range") {
            argument();
            rule_.require(Truth::unknown);
        } else if (option == "--pkt-type") {
            const auto type = lowercase(argument());
            require(type == "unicast" || type == "host" ? kYes : kNo);
        } else if (option == "--dst-type") {
            require(lists(argument(), "LOCAL") ? kYes : kNo);
        } else if (option == "--src-type") {
            require(lists(argument(), "UNICAST") ? kYes : kNo);
        } else if (option == "--dir") {
            require(argument() == "in" ? kYes : kNo);
        } else if (option == "--pol") {
            require(argument() == "none" ? kYes : kNo);
        } else if (option == "--mss" && !has_target_) {
            const auto range = parse_port_range(argument(), ':');
            require(range ? holds_segment_size(*range) : Truth::unknown);
        } else if (option == "--string") {
            // A first packet carries no text; a few bytes may stand in its header by chance.
            require(argument().size() < 4 ? Truth::unknown : kNo);
        } else if (option == "--tcp-option") {
            require(tcp_option(argument()));
        } else if (option == "--mark" && !has_target_) {
            mark(argument());
        } else if (option == "--notrack" && has_target_) {
            rule_.action = RuleAction::untrack;
        } else {
            return false;
        }
        return true;
    }

    /// The first packet says how large segments may be (2) and often more (1, 3, 4, 8); nobody
    /// sends others.
    static Truth tcp_option(std::string_view kind) {
        constexpr std::string_view kFrequent[] = {"1", "3", "4", "8"};
        if (kind == "2") return kYes;
        return among(kind, kFrequent) || !to_number(kind) ? Truth::unknown : kNo;
    }

    static bool lists(std::string_view list, std::string_view name) {
        return std::ranges::any_of(split(list, ','),
                                   [&](auto part) { return equal_ignoring_case(part, name); });
    }

    /// Nobody marked the packet, so its mark is 0, which fits "0/mask" alone.
    void mark(std::string_view text) {
        auto value = text.substr(0, text.find('/'));
        const bool hex = value.starts_with("0x") || value.starts_with("0X");
        if (hex) value.remove_prefix(2);
        const auto number = to_number(value, hex ? 16 : 10);
        if (context_.packets_marked || !number) return rule_.require(Truth::unknown);
        require(*number == 0 ? kYes : kNo);
    }

    bool fixed(std::string_view option) {
        const auto* const known = fixed_iptables_option(option);
        if (known == nullptr) return false;
        // "--set", "--mask" and "--name" are options of targets too.
        const bool of_target = has_target_ && (option == "--set" || option == "--mask");
        for (int i = 0; i < known->arguments; ++i) argument();
        if (!of_target) require(known->truth);
        return true;
    }

    /// An option of the target changes nothing; one of a match may change everything.
    void other(std::string_view option) {
        if (!has_target_) rule_.require(Truth::unknown);
        if (option == "--log-prefix" || option == "--nflog-prefix" || option == "--ulog-prefix")
            argument();  // it may look like an option
        while (at_ < words_.size() && words_[at_] != "!" && !words_[at_].starts_with('-')) ++at_;
    }

    const std::vector<std::string>& words_;
    const IptablesContext& context_;
    std::size_t at_ = 0;
    bool negated_ = false;
    bool has_target_ = false;
    FilterRule rule_;
};

}  // namespace

FilterRule read_iptables_rule(const std::vector<std::string>& words,
                              const IptablesContext& context) {
    return RuleReader(words, context).read();
}

std::vector<std::string> getopt_words(const std::vector<std::string>& words) {
    constexpr std::string_view kShortWithArgument = "ADINXPFRtpsdiomjg";
    std::vector<std::string> out;
    for (const auto& word : words) {
        const bool is_long = word.starts_with("--");
        const auto equals = word.find('=');
        if (is_long && equals != std::string::npos && !contains(word.substr(0, equals), " ")) {
            out.push_back(word.substr(0, equals));
            out.push_back(word.substr(equals + 1));
        } else if (!is_long && word.size() > 2 && word[0] == '-' &&
                   kShortWithArgument.find(word[1]) != std::string_view::npos) {
            out.push_back(word.substr(0, 2));
            out.push_back(word.substr(2));
        } else {
            out.push_back(word);
        }
    }
    return out;
}

}  // namespace guestprep
