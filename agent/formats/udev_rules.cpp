// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/udev_rules.h"

#include <algorithm>

#include "agent/core/text.h"

namespace guestprep {
namespace {

constexpr std::string_view kOperators = "=!+-:";

/// Takes one token off the front; nothing where the line is no (further) token.
std::optional<UdevToken> take_token(std::string_view& line) {
    const auto begin = line.find_first_not_of(" \t,");
    if (begin == std::string_view::npos) return std::nullopt;
    line.remove_prefix(begin);
    const auto key_end = line.find_first_of("{=!+-: \t");
    if (key_end == std::string_view::npos || key_end == 0) return std::nullopt;
    UdevToken token;
    token.key = line.substr(0, key_end);
    line.remove_prefix(key_end);
    if (line.starts_with('{')) {
        const auto end = line.find('}');
        if (end == std::string_view::npos) return std::nullopt;
        token.attribute = line.substr(1, end - 1);
        line.remove_prefix(end + 1);
    }
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const auto op_end = std::min(line.find_first_not_of(kOperators), line.size());
    token.op = line.substr(0, op_end);
    line.remove_prefix(op_end);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    // e"..." is a string with escapes, newer systemd.
    if (line.starts_with("e\"")) line.remove_prefix(1);
    if (!line.starts_with('"') || token.op.empty()) return std::nullopt;
    std::size_t end = 1;
    while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? 2U : 1U;
    if (end >= line.size()) return std::nullopt;
    token.value = line.substr(1, end - 1);
    line.remove_prefix(end + 1);
    return token;
}

bool asks_for_net(const UdevRule& rule) {
    // Rules of SLES 10 and of hand name the interface without a word on the subsystem.
    return std::ranges::none_of(rule.tokens, [](const UdevToken& token) {
        return (token.key == "SUBSYSTEM" || token.key == "SUBSYSTEMS") && token.is_match() &&
               ((token.op == "==") != (token.value == "net"));
    });
}

bool is_address(const UdevToken& token) {
    static constexpr std::string_view kKeys[] = {"ATTR", "ATTRS", "SYSFS"};
    return token.attribute == "address" && token.op == "==" &&
           std::ranges::find(kKeys, token.key) != std::end(kKeys);
}

}  // namespace

std::vector<UdevRule> parse_udev_rules(std::string_view text) {
    std::vector<UdevRule> rules;
    const auto lines = lines_of(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (trimmed(lines[i]).starts_with('#')) continue;
        UdevRule rule{.line = i + 1};
        std::string joined(trimmed(lines[i]));
        while (joined.ends_with('\\') && i + 1 < lines.size()) {
            joined.back() = ' ';
            joined += trimmed(lines[++i]);
        }
        std::string_view rest = joined;
        while (auto token = take_token(rest)) rule.tokens.push_back(std::move(*token));
        if (!rule.tokens.empty()) rules.push_back(std::move(rule));
    }
    return rules;
}

std::vector<NetNameRule> net_name_rules(const std::vector<UdevRule>& rules) {
    std::vector<NetNameRule> out;
    for (const auto& rule : rules) {
        if (!asks_for_net(rule)) continue;
        NetNameRule found{.line = rule.line};
        bool about_net = false;
        for (const auto& token : rule.tokens) {
            about_net |= token.key.starts_with("SUBSYSTEM") || is_address(token);
            if (is_address(token)) found.mac = lowercase(token.value);
            if (token.key == "NAME" && (token.op == "=" || token.op == ":="))
                found.name = token.value;
        }
        if (about_net && !found.name.empty()) out.push_back(std::move(found));
    }
    return out;
}

}  // namespace guestprep
