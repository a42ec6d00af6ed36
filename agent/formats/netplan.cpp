// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/netplan.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/ip_text.h"

namespace guestprep {
namespace {

constexpr std::string_view kSections[] = {
    "ethernets", "wifis",         "modems",     "bridges",          "bonds", "vlans", "tunnels",
    "vrfs",      "dummy-devices", "nm-devices", "virtual-ethernets"};

bool is_address_with_prefix(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return false;
    const auto prefix = to_number(text.substr(slash + 1));
    const auto address = text.substr(0, slash);
    return prefix &&
           ((is_ipv4(address) && *prefix <= 32) || (looks_ipv6(address) && *prefix <= 128));
}

bool is_ipv4_default(std::string_view to) {
    return to == "default" || to == "0.0.0.0/0" || to == "0/0";
}

/// Lays one definition over what earlier files said of it: scalars replace, lists grow.
class Overlay {
public:
    Overlay(Netplan& plan, NetplanDefinition& out, const std::string& path)
        : plan_(plan), out_(out), path_(path) {}

    void lay(const YamlNode& node) {
        for (const auto& member : node.members) {
            const auto& [key, value, line] = member;
            if (key == "dhcp4")
                flag(member, out_.dhcp4, &out_.dhcp4_at);
            else if (key == "dhcp6")
                flag(member, out_.dhcp6, nullptr);
            else if (key == "addresses")
                addresses(member);
            else if (key == "match")
                match(member);
            else if (key == "routes")
                routes(value);
            else if (key == "nameservers")
                append(out_.dns, value.scalars("addresses"));
            else if (key == "interfaces")
                append(out_.interfaces, node.scalars(key));
            else
                scalar(member);
        }
    }

private:
    [[nodiscard]] std::string at(std::size_t line) const { return at_line(path_, line); }
    static void append(std::vector<std::string>& to, std::vector<std::string> more) {
        std::ranges::move(more, std::back_inserter(to));
    }
    void problem(std::size_t line, std::string what) {
        plan_.problems.push_back({at(line), std::move(what)});
    }
    void flag(const YamlMember& member, std::optional<bool>& to, std::string* where) {
        if (member.value.kind == YamlNode::Kind::null) return;
        to = yaml_bool(member.value.text);
        if (!to || member.value.kind != YamlNode::Kind::scalar)
            problem(member.line, member.key + ": neither true nor false");
        if (where != nullptr) *where = at(member.line);
    }
    void addresses(const YamlMember& member) {
        if (member.value.kind != YamlNode::Kind::sequence &&
            member.value.kind != YamlNode::Kind::null)
            problem(member.line, "addresses: a list is expected");
        out_.addresses_at = at(member.line);
        for (const auto& item : member.value.items) {
            // "- 10.0.0.1/24: {label: x}"
            const auto text =
                item.is_mapping() && !item.members.empty() ? item.members[0].key : item.text;
            if (!is_address_with_prefix(text))
                problem(item.line, "\"" + shown(text, 60) + "\" is no address with its prefix");
            out_.addresses.push_back(text);
        }
    }
    void match(const YamlMember& member) {
        const auto& value = member.value;
        if (out_.section != "ethernets" && out_.section != "wifis" && out_.section != "modems")
            problem(member.line, "match: only for interfaces that are hardware");
        out_.has_match = true;
        for (const auto& part : value.members) {
            if (part.key == "macaddress") {
                out_.match_mac = value.scalar(part.key);
                out_.match_mac_at = at(part.line);
            } else if (part.key == "name") {
                out_.match_names = value.scalars(part.key);
                out_.match_name_at = at(part.line);
            } else if (part.key == "driver") {
                out_.match_drivers = value.scalars(part.key);
            } else {
                problem(part.line, "match: unknown key " + shown(part.key, 40));
            }
        }
    }
    void routes(const YamlNode& value) {
        for (const auto& route : value.items) {
            const auto via = route.scalar("via");
            if (via && is_ipv4_default(route.scalar("to").value_or("")) && !looks_ipv6(*via))
                out_.ipv4_gateways.push_back(*via);
        }
    }
    void scalar(const YamlMember& member) {
        if (member.value.kind != YamlNode::Kind::scalar) return;
        const auto& text = member.value.text;
        if (member.key == "renderer") out_.renderer = text;
        if (member.key == "gateway4") out_.ipv4_gateways.push_back(text);
        if (member.key == "link") out_.link = text;
        if (member.key == "activation-mode") out_.activation_mode = text;
        if (member.key == "set-name") {
            out_.set_name = text;
            out_.set_name_at = at(member.line);
        }
        if (member.key == "macaddress") {
            out_.set_mac = text;
            out_.set_mac_at = at(member.line);
        }
    }

    Netplan& plan_;
    NetplanDefinition& out_;
    const std::string& path_;
};

}  // namespace

bool NetplanDefinition::has_ipv4_address() const {
    return std::ranges::any_of(addresses, [](const auto& text) { return !looks_ipv6(text); });
}

void Netplan::add(const std::string& path, const YamlNode& root) {
    const auto* network = root.find("network");
    if (network == nullptr) {
        if (root.kind != YamlNode::Kind::null)
            problems.push_back({at_line(path, root.line), "no \"network\" mapping"});
        return;
    }
    for (const auto& [key, value, line] : network->value.members) {
        if (key == "renderer" && value.kind == YamlNode::Kind::scalar) {
            renderer = value.text;
            renderer_at = at_line(path, line);
        }
        if (std::ranges::find(kSections, key) == std::end(kSections)) continue;
        if (!value.is_mapping() && value.kind != YamlNode::Kind::null)
            problems.push_back({at_line(path, line), key + ": a mapping is expected"});
        for (const auto& member : value.members) {
            // Settings for a whole section; interfaces are mappings.
            if (member.key == "renderer" && member.value.kind == YamlNode::Kind::scalar) continue;
            auto found = std::ranges::find(definitions, member.key, &NetplanDefinition::id);
            if (found == definitions.end()) {
                definitions.push_back({.section = key, .id = member.key});
                found = definitions.end() - 1;
            }
            found->at = at_line(path, member.line);
            Overlay(*this, *found, path).lay(member.value);
        }
    }
}

const NetplanDefinition* Netplan::find(std::string_view id) const {
    const auto found = std::ranges::find(definitions, id, &NetplanDefinition::id);
    return found == definitions.end() ? nullptr : &*found;
}

std::vector<std::string> Netplan::invalid_addresses() const {
    std::vector<std::string> out;
    for (const auto& definition : definitions)
        for (const auto& address : definition.addresses)
            if (!is_address_with_prefix(address)) out.push_back(address);
    return out;
}

}  // namespace guestprep
