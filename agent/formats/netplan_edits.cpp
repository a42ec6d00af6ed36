// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/netplan_edits.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/netplan.h"
#include "agent/formats/text_lines.h"
#include "agent/formats/yaml_tree.h"

namespace guestprep {
namespace {

Error cannot(const std::string& why) { return {Errc::unsupported, why}; }

std::size_t indent_of(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

/// YAML 1.1 ends lines at these too, and an editor of lines does not.
bool has_other_line_breaks(std::string_view text) {
    for (auto at = text.find('\r'); at != std::string_view::npos; at = text.find('\r', at + 1))
        if (!text.substr(at + 1).starts_with('\n')) return true;
    for (const std::string_view mark : {"\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"})
        if (contains(text, mark)) return true;
    return false;
}

/// A netplan file under the pen. Lines count from 1; a changed one keeps its number, so that marks
/// stay right until a line is added.
class Pen {
public:
    static Result<Pen> open(std::string_view text) {
        if (has_other_line_breaks(text))
            return std::unexpected(cannot("it has line breaks that no editor shows"));
        auto root = parse_yaml(text);
        if (!root) return std::unexpected(cannot("it is no YAML: " + root.error().message));
        return Pen(text, std::move(*root));
    }

    [[nodiscard]] const YamlMember* definition(std::string_view id) const {
        const auto* network = root_.find("network");
        const auto* ethernets = network == nullptr ? nullptr : network->value.find("ethernets");
        return ethernets == nullptr ? nullptr : ethernets->value.find(id);
    }

    /// Each member of the mapping stands at the head of a line of its own.
    [[nodiscard]] bool is_in_blocks(const YamlMember& of) const {
        if (!of.value.is_mapping() || of.value.members.empty()) return false;
        const auto indent = indent_of(lines_[of.value.members[0].line - 1]);
        auto last = of.line;
        for (const auto& member : of.value.members) {
            const std::string_view line = lines_[member.line - 1];
            const auto rest = line.substr(indent_of(line));
            if (member.line <= last || indent_of(line) != indent || !is_key(rest, member.key))
                return false;
            last = member.line;
        }
        return indent > indent_of(lines_[of.line - 1]);
    }

    /// Turns a member and all that is below it into comments.
    void comment_out(const YamlMember& of, const YamlMember& member) {
        const auto indent = indent_of(lines_[member.line - 1]);
        auto end = of.value.end_line;
        for (const auto& other : of.value.members)
            if (other.line > member.line) end = std::min(end, other.line);
        end = std::min(end, lines_.size() + 1);
        for (auto at = member.line; at < std::max(end, member.line + 1); ++at) {
            const auto text = trimmed(lines_[at - 1]);
            if (text.empty() || text.starts_with('#')) continue;
            if (at > member.line && indent_of(lines_[at - 1]) < indent) break;
            lines_.replace(at - 1, '#' + lines_[at - 1]);
        }
    }

    /// Gives a member that is one word on one line another value; false where it is not.
    bool set_scalar(const YamlMember& member, std::string_view value) {
        const auto& line = lines_[member.line - 1];
        auto begin = line.find(':', indent_of(line) + member.key.size());
        if (begin == std::string::npos || member.value.kind != YamlNode::Kind::scalar) return false;
        begin = line.find_first_not_of(" \t", begin + 1);
        if (begin == std::string::npos) return false;
        const auto end = std::min(line.find_first_of(" \t", begin), line.size());
        if (!is_word(line.substr(begin, end - begin), member.value.text)) return false;
        lines_.replace(member.line - 1,
                       line.substr(0, begin) + std::string(value) + line.substr(end));
        return true;
    }

    /// Adds a line before the first member.
    void add(const YamlMember& to, const std::string& text) {
        const auto first = to.value.members[0].line;
        auto line = lines_[first - 1];
        if (line.starts_with('#')) line.erase(0, 1);
        lines_.insert(first - 1, std::string(indent_of(line), ' ') + text);
    }

    /// "old:" at the head of the line becomes "name:".
    bool rename(const YamlMember& member, std::string_view name) {
        const auto& line = lines_[member.line - 1];
        const auto begin = indent_of(line);
        const auto colon = line.find(':', begin);
        if (colon == std::string::npos || !is_word(line.substr(begin, colon - begin), member.key))
            return false;
        lines_.replace(member.line - 1,
                       line.substr(0, begin) + std::string(name) + line.substr(colon));
        return true;
    }

    [[nodiscard]] std::string str() const { return lines_.str(); }

private:
    Pen(std::string_view text, YamlNode root) : lines_(text), root_(std::move(root)) {}

    static bool is_word(std::string_view written, std::string_view meant) {
        return written == meant || written == '"' + std::string(meant) + '"' ||
               written == '\'' + std::string(meant) + '\'';
    }
    static bool is_key(std::string_view rest, std::string_view key) {
        const auto colon = rest.find(':');
        return colon != std::string_view::npos && is_word(trimmed(rest.substr(0, colon)), key);
    }

    TextLines lines_;
    YamlNode root_;
};

/// What netplan makes of one file; nothing of it where it cannot be read.
Netplan read(std::string_view text) {
    Netplan out;
    if (const auto root = parse_yaml(text)) out.add("", *root);
    return out;
}

/// The edited text, if the other interfaces are what they were and netplan has no more to refuse.
Result<std::string> proven(std::string_view before, std::string after, std::string_view id,
                           bool (*is_as_meant)(const NetplanDefinition&),
                           std::string_view new_id = {}) {
    const auto then = read(before);
    const auto now = read(after);
    const auto name = new_id.empty() ? id : new_id;
    const auto* edited = now.find(name);
    bool good = edited != nullptr && is_as_meant(*edited) &&
                now.definitions.size() == then.definitions.size() &&
                now.problems.size() <= then.problems.size();
    for (const auto& other : then.definitions) {
        if (!good || other.id == id) continue;
        const auto* same = now.find(other.id);
        good = same != nullptr && same->addresses == other.addresses &&
               same->dhcp4 == other.dhcp4 && same->match_mac == other.match_mac;
    }
    if (!good) return std::unexpected(cannot("the edit would change more than it should"));
    return after;
}

Error not_in_blocks(std::string_view id) {
    return cannot(std::string(id) + " is not written in blocks, one setting a line");
}

}  // namespace

Result<std::string> netplan_without_addresses(std::string_view text, std::string_view id,
                                              bool and_dhcp) {
    auto pen = Pen::open(text);
    if (!pen) return std::unexpected(pen.error());
    const auto* definition = pen->definition(id);
    if (definition == nullptr) return std::string(text);
    if (!pen->is_in_blocks(*definition)) return std::unexpected(not_in_blocks(id));
    constexpr std::string_view kOld[] = {"addresses", "gateway4", "routes", "nameservers"};
    for (const auto key : kOld)
        if (const auto* member = definition->value.find(key); member != nullptr)
            pen->comment_out(*definition, *member);
    const auto* dhcp = definition->value.find("dhcp4");
    if (and_dhcp && dhcp != nullptr && !pen->set_scalar(*dhcp, "true"))
        return std::unexpected(not_in_blocks(id));
    if (!and_dhcp && dhcp != nullptr) pen->comment_out(*definition, *dhcp);
    if (and_dhcp && dhcp == nullptr) pen->add(*definition, "dhcp4: true");
    return and_dhcp ? proven(text, pen->str(), id,
                             [](const NetplanDefinition& now) {
                                 return now.dhcp4 == true && now.addresses.empty();
                             })
                    : proven(text, pen->str(), id, [](const NetplanDefinition& now) {
                          return now.addresses.empty() && !now.dhcp4;
                      });
}

Result<std::string> netplan_without_mac(std::string_view text, std::string_view id,
                                        std::string_view glob) {
    auto pen = Pen::open(text);
    if (!pen) return std::unexpected(pen.error());
    const auto* definition = pen->definition(id);
    if (definition == nullptr) return std::string(text);
    if (!pen->is_in_blocks(*definition)) return std::unexpected(not_in_blocks(id));
    if (const auto* own = definition->value.find("macaddress"); own != nullptr)
        pen->comment_out(*definition, *own);
    const auto* match = definition->value.find("match");
    const auto* mac = match == nullptr ? nullptr : match->value.find("macaddress");
    if (mac != nullptr) {
        if (!pen->is_in_blocks(*match)) return std::unexpected(not_in_blocks("match"));
        pen->comment_out(*match, *mac);
        if (match->value.find("name") == nullptr)
            pen->add(*match, "name: \"" + std::string(glob) + '"');
    }
    return proven(text, pen->str(), id, [](const NetplanDefinition& now) {
        return !now.match_mac && !now.set_mac && (!now.has_match || !now.match_names.empty());
    });
}

Result<std::string> netplan_renamed(std::string_view text, std::string_view id,
                                    std::string_view name) {
    auto pen = Pen::open(text);
    if (!pen) return std::unexpected(pen.error());
    const auto* definition = pen->definition(id);
    if (definition == nullptr) return std::string(text);
    if (pen->definition(name) != nullptr)
        return std::unexpected(cannot(std::string(name) + " is configured as well"));
    if (!pen->rename(*definition, name)) return std::unexpected(not_in_blocks(id));
    return proven(text, pen->str(), id, [](const NetplanDefinition&) { return true; }, name);
}

}  // namespace guestprep
