// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/firewalld_xml.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <pugixml.hpp>

#include "agent/core/text.h"

namespace guestprep {
namespace {

/// One file as XML, which knows the line of each of its elements.
class Document {
public:
    Document(std::string_view path, std::string_view text) : path_(path), lines_(lines_of(text)) {
        result_ = document_.load_buffer(text.data(), text.size());
        const auto* const begin = text.data();
        for (const auto line : lines_) ends_.push_back(line.data() + line.size() - begin);
    }

    /// The element that the file is made of.
    [[nodiscard]] Result<pugi::xml_node> root(std::string_view name) const {
        if (!result_)
            return failure(Errc::bad_syntax, path_ + ": not well-formed XML (" +
                                                 std::string(result_.description()) + ")");
        const auto node = document_.document_element();
        if (name != node.name())
            return failure(Errc::bad_syntax, path_ + ": no <" + std::string(name) + "> in it");
        return node;
    }

    [[nodiscard]] RulePlace place(const pugi::xml_node& node) const {
        const auto found = std::ranges::lower_bound(ends_, node.offset_debug());
        if (found == ends_.end()) return {path_, node.name()};
        const auto line = static_cast<std::size_t>(found - ends_.begin());
        return {at_line(path_, line + 1), shown(trimmed(lines_[line]))};
    }

private:
    std::string path_;
    std::vector<std::string_view> lines_;
    std::vector<std::ptrdiff_t> ends_;  ///< of the lines
    pugi::xml_document document_;
    pugi::xml_parse_result result_;
};

std::string attribute(const pugi::xml_node& node, const char* name) {
    return node.attribute(name).as_string();
}

std::int64_t priority_of(const pugi::xml_node& node) {
    return node.attribute("priority").as_int(0);
}

FirewalldAddress read_address(const Document& document, const pugi::xml_node& node) {
    const auto inverted = lowercase(attribute(node, "invert") + attribute(node, "NOT"));
    return {attribute(node, "address"), attribute(node, "mac"), attribute(node, "ipset"),
            inverted == "true" || inverted == "yes" || inverted == "1", document.place(node)};
}

bool is_element(std::string_view name) {
    constexpr std::string_view kElements[] = {"service",     "port",         "protocol",
                                              "source-port", "forward-port", "icmp-block",
                                              "icmp-type",   "masquerade",   "tcp-mss-clamp"};
    return std::ranges::find(kElements, name) != std::end(kElements);
}

FirewalldElement read_element(const Document& document, const pugi::xml_node& node) {
    FirewalldElement out{
        node.name(), {}, lowercase(attribute(node, "protocol")), document.place(node)};
    for (const auto* name : {"name", "port", "value", "service"})
        if (out.value.empty()) out.value = attribute(node, name);
    return out;
}

FirewalldRule read_rule(const Document& document, const pugi::xml_node& node) {
    FirewalldRule rule{.family = attribute(node, "family"),
                       .priority = priority_of(node),
                       .place = document.place(node)};
    for (const auto& child : node.children()) {
        const std::string_view name = child.name();
        if (name == "source") rule.source = read_address(document, child);
        if (name == "destination") rule.destination = read_address(document, child);
        if (name == "accept" || name == "reject" || name == "drop" || name == "mark")
            rule.action = name;
        if (is_element(name)) rule.element = read_element(document, child);
    }
    return rule;
}

}  // namespace

Result<FirewalldZone> read_firewalld_zone(std::string_view name, std::string_view path,
                                          std::string_view text) {
    const Document document(path, text);
    auto root = document.root("zone");
    if (!root) root = document.root("policy");
    if (!root) return std::unexpected(root.error());
    FirewalldZone zone{.name = std::string(name),
                       .target = attribute(*root, "target"),
                       .priority = priority_of(*root),
                       .place = document.place(*root)};
    for (const auto& child : root->children()) {
        const std::string_view kind = child.name();
        if (kind == "interface") {
            zone.interfaces.push_back(attribute(child, "name"));
            zone.interface_places.push_back(document.place(child));
        }
        if (kind == "source") zone.sources.push_back(read_address(document, child));
        if (kind == "rule") zone.rules.push_back(read_rule(document, child));
        if (kind == "ingress-zone") zone.ingress.push_back(attribute(child, "name"));
        if (kind == "egress-zone") zone.egress.push_back(attribute(child, "name"));
        if (is_element(kind)) zone.elements.push_back(read_element(document, child));
    }
    return zone;
}

Result<FirewalldService> read_firewalld_service(std::string_view path, std::string_view text) {
    const Document document(path, text);
    const auto root = document.root("service");
    if (!root) return std::unexpected(root.error());
    FirewalldService service;
    for (const auto& child : root->children()) {
        const std::string_view kind = child.name();
        if (kind == "destination")
            service.for_some_destination |= !attribute(child, "ipv4").empty();
        // Old files give a protocol as a port without a number.
        auto element = read_element(document, child);
        if (kind == "port" && element.value.empty()) {
            element.kind = "protocol";
            element.value = element.protocol;
        }
        if (kind == "include") element.kind = "service";
        if (is_element(element.kind)) service.elements.push_back(std::move(element));
    }
    return service;
}

Result<FirewalldDirect> read_firewalld_direct(std::string_view path, std::string_view text) {
    const Document document(path, text);
    const auto root = document.root("direct");
    if (!root) return std::unexpected(root.error());
    FirewalldDirect direct;
    for (const auto& child : root->children()) {
        const std::string_view kind = child.name();
        const auto family = attribute(child, "ipv");
        if (kind == "passthrough" && family != "ipv6")
            direct.passthrough.push_back(document.place(child));
        if (kind == "rule")
            direct.rules.push_back({family, attribute(child, "table"), attribute(child, "chain"),
                                    priority_of(child), child.child_value(),
                                    document.place(child)});
    }
    return direct;
}

Result<std::vector<std::string>> read_firewalld_ipset(std::string_view path,
                                                      std::string_view text) {
    const Document document(path, text);
    const auto root = document.root("ipset");
    if (!root) return std::unexpected(root.error());
    std::vector<std::string> entries;
    for (const auto& child : root->children("entry"))
        entries.emplace_back(trimmed(child.child_value()));
    return entries;
}

}  // namespace guestprep
