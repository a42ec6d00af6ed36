// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/iptables_script.h"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>
#include <span>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostDoubts = 5;

bool among(std::string_view word, std::span<const std::string_view> list) {
    return std::ranges::find(list, word) != list.end();
}

std::string_view base_name(std::string_view path) {
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool is_iptables(std::string_view program) {
    constexpr std::string_view kNames[] = {"iptables", "iptables-legacy", "iptables-nft"};
    // "/etc/init.d/iptables" is a service's script.
    return !program.starts_with("/etc/") && among(base_name(program), kNames);
}

bool is_restore(std::string_view program) {
    constexpr std::string_view kNames[] = {"iptables-restore", "iptables-legacy-restore",
                                           "iptables-nft-restore"};
    return among(base_name(program), kNames);
}

/// Other ways to change the rules: none of them is followed.
bool is_other_firewall(const std::vector<std::string>& words) {
    constexpr std::string_view kPrograms[] = {
        "nft",       "ufw", "firewall-cmd", "SuSEfirewall2", "rcSuSEfirewall2", "iptables-apply",
        "shorewall", "csf", "ferm",         "iptables-batch"};
    constexpr std::string_view kStarters[] = {"service", "systemctl", "invoke-rc.d"};
    constexpr std::string_view kServices[] = {"iptables",
                                              "firewalld",
                                              "ufw",
                                              "SuSEfirewall2",
                                              "nftables",
                                              "netfilter-persistent",
                                              "iptables-persistent",
                                              "SuSEfirewall2_setup"};
    const auto program = base_name(words.front());
    if (among(program, kPrograms)) return true;
    if (words.front().starts_with("/etc/") && words.size() > 1 && among(program, kServices))
        return true;
    if (!among(program, kStarters)) return false;
    return std::ranges::any_of(words, [&](std::string_view word) {
        if (word.ends_with(".service")) word.remove_suffix(8);
        return among(word, kServices);
    });
}

/// Words and signs of a line: "&&", "||", ";", "|", "&", "<", ">" stand alone.
struct ShellWord {
    std::string text;
    bool sign = false;
    bool literal = false;  ///< from single quotes: "$" in it is one
};

/// The length of "$(...)" or "`...`" at the start of `text`; 0 for none.
std::size_t substitution_at(std::string_view text) {
    const bool parentheses = text.starts_with("$(");
    if (!parentheses && !text.starts_with('`')) return 0;
    const auto end = text.find(parentheses ? ')' : '`', 1);
    return end == std::string_view::npos ? 0 : end + 1;
}

std::vector<ShellWord> shell_words(std::string_view line) {
    std::vector<ShellWord> words;
    bool in_word = false;
    char quote = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (quote == 0 && (c == ' ' || c == '\t')) {
            in_word = false;
            continue;
        }
        if (quote == 0 && c == '#' && !in_word) break;
        if (const auto length = substitution_at(line.substr(i)); length > 0 && quote != '\'') {
            if (!in_word) words.emplace_back();
            in_word = true;
            words.back().text += line.substr(i, length);
            i += length - 1;
            continue;
        }
        if (quote == 0 && std::string_view(";&|<>").find(c) != std::string_view::npos) {
            const bool doubled = i + 1 < line.size() && line[i + 1] == c;
            // "2>&1": the number belongs to the sign.
            if (c == '>' && in_word && to_number(words.back().text)) words.pop_back();
            words.push_back({std::string(doubled ? 2 : 1, c), true, false});
            i += doubled ? 1 : 0;
            in_word = false;
            continue;
        }
        if (!in_word) words.emplace_back();
        in_word = true;
        if (quote == 0 && (c == '"' || c == '\'')) {
            quote = c;
            words.back().literal |= c == '\'';
        } else if (c == quote) {
            quote = 0;
        } else if (c == '\\' && quote != '\'' && i + 1 < line.size()) {
            words.back().text += line[++i];
        } else {
            words.back().text += c;
        }
    }
    return words;
}

class Runner {
public:
    Runner(std::string_view path, const ReadNamedFile& read, IptablesState& state)
        : path_(path), read_(read), state_(state) {}

    ScriptRun run(std::string_view text) {
        std::string line;
        std::size_t number = 0, first = 1;
        for (auto part : lines_of(text)) {
            ++number;
            const bool continued = part.ends_with('\\');
            if (continued) part.remove_suffix(1);
            line += part;
            if (continued) continue;
            place_ = {at_line(path_, first), shown(trimmed(line))};
            commands(shell_words(line));
            line.clear();
            first = number + 1;
            if (ended_) break;
        }
        return std::move(run_);
    }

private:
    void doubt() {
        run_.touched = true;
        if (run_.doubts.size() < kMostDoubts) run_.doubts.push_back(place_);
    }

    void commands(const std::vector<ShellWord>& words) {
        std::vector<ShellWord> command;
        bool conditional = false;
        for (const auto& word : words) {
            const bool splits = word.sign && word.text != "<" && word.text != ">" &&
                                word.text != ">>" && word.text != "<<";
            if (!splits) {
                command.push_back(word);
                continue;
            }
            const bool holds = word.text == "&&" && !conditional && is_true(command);
            one(command, conditional);
            conditional = (word.text == "&&" && !holds) || word.text == "||" || word.text == "|";
            command.clear();
        }
        one(command, conditional);
    }

    /// "[ -f /etc/iptables.rules ]" of a file that is there.
    bool is_true(const std::vector<ShellWord>& test) const {
        constexpr std::string_view kOperators[] = {"-f", "-e", "-r", "-s", "-x"};
        const bool brackets = test.size() == 4 && test[0].text == "[" && test[3].text == "]";
        if (!brackets && !(test.size() == 3 && test[0].text == "test")) return false;
        bool known = true;
        const auto path = expanded(test[2], known);
        if (!known || !among(test[1].text, kOperators)) return false;
        return path.ends_with("bin/iptables") || path.ends_with("bin/iptables-restore") ||
               read_(path).has_value();
    }

    /// Keeps track of what is carried out always and what only sometimes.
    bool structure(std::string_view word) {
        constexpr std::string_view kOpen[] = {"if", "for", "while", "until", "case", "select", "{"};
        constexpr std::string_view kClose[] = {"fi", "done", "esac", "}"};
        constexpr std::string_view kInside[] = {"then", "else", "elif", "do"};
        if (among(word, kOpen) || word.ends_with("()") || word == "function") ++depth_;
        if (word.ends_with("()") || word == "function") opened_by_name_ = true;
        // The brace of a function whose name has been counted.
        if (word == "{" && opened_by_name_) {
            --depth_;
            opened_by_name_ = false;
        }
        if (among(word, kClose) && depth_ > 0) --depth_;
        return among(word, kInside) || among(word, kOpen);
    }

    void one(std::vector<ShellWord> command, bool conditional) {
        while (!command.empty() && structure(command.front().text)) command.erase(command.begin());
        while (!command.empty() && assign(command.front())) command.erase(command.begin());
        if (command.empty()) return;
        if (command.size() > 1 && command.back().text == "{") structure("{");
        bool known = true;
        std::vector<std::string> words;
        std::string input;
        for (std::size_t i = 0; i < command.size(); ++i) {
            auto text = expanded(command[i], known);
            if (!command[i].sign) {
                words.push_back(std::move(text));
            } else if (i + 1 < command.size()) {
                if (command[i].text == "<") input = expanded(command[i + 1], known);
                if (command[i].text == "<<") known = false;
                ++i;
            }
        }
        if (!words.empty()) carry_out(words, input, known && depth_ == 0 && !conditional);
    }

    void carry_out(std::vector<std::string> words, const std::string& input, bool certain) {
        constexpr std::string_view kWrappers[] = {"sudo", "exec", "nice", "/usr/bin/sudo"};
        while (words.size() > 1 && among(words.front(), kWrappers)) words.erase(words.begin());
        const auto& program = words.front();
        if ((program == "exit" || program == "return") && certain) {
            ended_ = true;
        } else if (is_iptables(program)) {
            if (!certain) return doubt();
            run_.touched = true;
            words.erase(words.begin());
            state_.run(words, place_);
        } else if (is_restore(program)) {
            if (!certain) return doubt();
            restore(words, input);
        } else if (certain && is_inline_script(words)) {
            const bool ended = ended_;
            commands(shell_words(words[2]));
            ended_ = ended;
        } else if (is_other_firewall(words) || hides_iptables(words)) {
            doubt();
        }
    }

    /// "sh -c 'iptables-restore < /etc/fw.rules'", of which no variable is the other shell's.
    static bool is_inline_script(const std::vector<std::string>& words) {
        constexpr std::string_view kShells[] = {"sh", "bash", "dash"};
        return words.size() == 3 && among(base_name(words[0]), kShells) &&
               words[1].starts_with('-') && words[1].ends_with('c') &&
               words[2].find_first_of("$`(){}\n") == std::string::npos;
    }

    /// "/etc/iptables.sh", "cat rules | iptables-restore"
    bool hides_iptables(const std::vector<std::string>& words) const {
        constexpr std::string_view kHarmless[] = {"echo", "printf", "logger", "modprobe", "which",
                                                  "test", "[",      "chmod",  "touch",    "mkdir"};
        if (among(base_name(words.front()), kHarmless)) return false;
        return std::ranges::any_of(words, [](const std::string& word) {
            return contains(word, "iptables") && !contains(word, "ip6tables") &&
                   !contains(word, "iptables-save");
        });
    }

    void restore(const std::vector<std::string>& words, std::string input) {
        bool flush = true;
        for (std::size_t i = 1; i < words.size(); ++i) {
            if (words[i] == "-n" || words[i] == "--noflush") flush = false;
            if (words[i] == "-t" || words[i] == "--test") return;
            if (!words[i].starts_with('-')) input = words[i];
        }
        const auto text = input.starts_with('/') ? read_(input) : std::nullopt;
        if (!text) return doubt();
        run_.touched = true;
        state_.restore(input, *text, flush);
    }

    /// True for "NAME=value", whose value is remembered, or is remembered not to be known.
    bool assign(const ShellWord& word) {
        const auto equals = word.text.find('=');
        const auto name = word.text.substr(0, equals);
        constexpr std::string_view kNameLetters =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
        if (name == "export" || name == "local" || name == "readonly") return !word.sign;
        if (word.sign || equals == std::string::npos || equals == 0 ||
            name.find_first_not_of(kNameLetters) != std::string::npos)
            return false;
        bool known = true;
        auto value = expanded({word.text.substr(equals + 1), false, word.literal}, known);
        // "$(which iptables)" and `which iptables` are what they seem to be.
        if (!known && (value.ends_with("iptables)") || value.ends_with("iptables`"))) {
            value = "iptables";
            known = true;
        }
        variables_[name] = known && depth_ == 0 ? std::optional(value) : std::nullopt;
        return true;
    }

    std::string expanded(const ShellWord& word, bool& known) const {
        if (word.literal) return word.text;
        std::string out;
        for (std::size_t i = 0; i < word.text.size(); ++i) {
            if (word.text[i] == '`') known = false;
            if (word.text[i] != '$') {
                out += word.text[i];
                continue;
            }
            const bool braces = i + 1 < word.text.size() && word.text[i + 1] == '{';
            auto end = i + (braces ? 2 : 1);
            const auto begin = end;
            while (end < word.text.size() &&
                   (std::isalnum(static_cast<unsigned char>(word.text[end])) != 0 ||
                    word.text[end] == '_'))
                ++end;
            const auto variable = variables_.find(word.text.substr(begin, end - begin));
            const bool closed = !braces || (end < word.text.size() && word.text[end] == '}');
            if (variable == variables_.end() || !variable->second || !closed ||
                out.size() > kMostText) {
                known = false;
                return word.text;
            }
            out += *variable->second;
            i = braces ? end : end - 1;
        }
        return out;
    }

    static constexpr std::size_t kMostText = 65536;

    std::string path_;
    const ReadNamedFile& read_;
    IptablesState& state_;
    ScriptRun run_;
    RulePlace place_;
    std::map<std::string, std::optional<std::string>> variables_;
    int depth_ = 0;
    bool opened_by_name_ = false;
    bool ended_ = false;
};

}  // namespace

ScriptRun run_iptables_script(std::string_view path, std::string_view text,
                              const ReadNamedFile& read, IptablesState& state) {
    return Runner(path, read, state).run(text);
}

}  // namespace guestprep
