// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/firewall_edits.h"

#include <algorithm>
#include <vector>

#include "agent/core/text.h"
#include "agent/formats/shell_settings.h"

namespace guestprep {
namespace {

/// A text in lines that keep their ends, so that it can be put together again.
std::vector<std::string> whole_lines(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return lines;
}

std::string put_together(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line;
    return text;
}

/// A new line that ends like its neighbour.
std::string like(const std::string& neighbour, std::string line) {
    return line + (neighbour.ends_with("\r\n") ? "\r\n" : "\n");
}

std::string indent_of(std::string_view line) {
    return std::string(line.substr(0, std::min(line.find_first_not_of(" \t"), line.size())));
}

std::string tcp_port(std::uint16_t port) { return std::to_string(port); }

/// "[12:345] -A INPUT ..." and "-A INPUT ...".
bool is_input_rule(std::string_view line) {
    line = trimmed(line);
    if (line.starts_with('['))
        line = trimmed(line.substr(std::min(line.find(']'), line.size() - 1) + 1));
    const auto words = words_of(line);
    return words.size() >= 2 && words[1] == "INPUT" &&
           (words[0] == "-A" || words[0] == "--append" || words[0] == "-I" ||
            words[0] == "--insert");
}

/// "table inet filter {": whether IPv4 packets come through it. nft's default family is ip.
bool is_ipv4_table(std::string_view line) {
    const auto words = words_of(line);
    return words.size() == 2 || (words.size() == 3 && (words[1] == "ip" || words[1] == "inet"));
}

}  // namespace

Result<std::string> admit_in_iptables(std::string_view text, std::uint16_t port) {
    auto lines = whole_lines(text);
    bool in_filter = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto line = trimmed(lines[i]);
        if (line.starts_with('*')) in_filter = line == "*filter";
        if (!in_filter || (!is_input_rule(line) && line != "COMMIT")) continue;
        // Without a state: what follows the first packet has to be let in too.
        lines.insert(
            lines.begin() + static_cast<std::ptrdiff_t>(i),
            like(lines[i], "-A INPUT -p tcp -m tcp --dport " + tcp_port(port) + " -j ACCEPT"));
        return put_together(lines);
    }
    return failure(Errc::unsupported, "there is no filter table that is committed");
}

Result<std::string> admit_in_nftables(std::string_view text, std::uint16_t port) {
    auto lines = whole_lines(text);
    bool in_ipv4 = false, has_put = false;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto line = trimmed(lines[i]);
        if (line.starts_with('#')) continue;
        if (line.starts_with("table ") && line.ends_with('{'))
            in_ipv4 = is_ipv4_table(line.substr(0, line.size() - 1));
        if (!in_ipv4 || !contains(line, "hook input")) continue;
        // A chain on one line has no place for another one.
        if (!line.starts_with("type ") || contains(line, "}"))
            return failure(Errc::unsupported, "the input chain is written on one line");
        auto at = i + 1;
        while (at < lines.size() && trimmed(lines[at]).starts_with("policy ")) ++at;
        lines.insert(
            lines.begin() + static_cast<std::ptrdiff_t>(at),
            like(lines[i], indent_of(lines[i]) + "tcp dport " + tcp_port(port) + " accept"));
        has_put = true;
        i = at;
    }
    if (!has_put) return failure(Errc::unsupported, "no chain hooks into input");
    return put_together(lines);
}

Result<std::string> admit_in_firewalld_zone(std::string_view text, std::uint16_t port) {
    const auto end = text.rfind("</zone>");
    if (end == std::string_view::npos)
        return failure(Errc::unsupported, "the zone has no end that an element could go before");
    const auto element = port == 22 ? std::string(R"(<service name="ssh"/>)")
                                    : "<port port=\"" + tcp_port(port) + R"(" protocol="tcp"/>)";
    const auto line = text.substr(0, end).rfind('\n') + 1;
    const bool is_alone = trimmed(text.substr(line, end - line)).empty();
    const std::string newline = contains(text, "\r\n") ? "\r\n" : "\n";
    auto out = std::string(text);
    if (is_alone)
        out.insert(line, "  " + element + newline);
    else
        out.insert(end, element);
    return out;
}

Result<std::string> admit_in_ufw(std::string_view text, std::uint16_t port) {
    auto lines = whole_lines(text);
    const auto begin = std::ranges::find_if(
        lines, [](const std::string& line) { return trimmed(line) == "### RULES ###"; });
    if (begin == lines.end())
        return failure(Errc::unsupported, "the mark that ufw's rules follow is not there");
    const auto end = *begin;
    const std::vector<std::string> added = {
        like(end, ""),
        like(end, "### tuple ### allow tcp " + tcp_port(port) + " 0.0.0.0/0 any 0.0.0.0/0 in"),
        like(end, "-A ufw-user-input -p tcp --dport " + tcp_port(port) + " -j ACCEPT")};
    lines.insert(begin + 1, added.begin(), added.end());
    return put_together(lines);
}

Result<std::string> admit_in_suse_firewall(std::string_view text, std::uint16_t port) {
    ShellSettings settings(text);
    if (settings.has_open_quote()) return failure(Errc::unsupported, "a quote is not closed");
    // A value that is computed would be taken apart.
    for (const auto* name : {"FW_SERVICES_EXT_TCP", "FW_DEV_EXT"})
        if (const auto* found = settings.find(name); found != nullptr && found->computed)
            return failure(Errc::unsupported, std::string(name) + " is computed");
    const auto add = [&](const char* name, const std::string& word) {
        const auto value = settings.value(name).value_or("");
        const auto words = words_of(value);
        if (std::ranges::find(words, word) != words.end()) return;
        settings.set(name, value.empty() ? word : value + " " + word);
    };
    add("FW_SERVICES_EXT_TCP", port == 22 ? "ssh" : tcp_port(port));
    // The interface will have another name than the one that may stand there.
    add("FW_DEV_EXT", "any");
    return settings.str();
}

}  // namespace guestprep
