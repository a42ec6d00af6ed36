// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/dhcp_edits.h"

#include <algorithm>

#include "agent/core/text.h"
#include "agent/formats/interfaces.h"
#include "agent/formats/netplan.h"
#include "agent/formats/netplan_edits.h"
#include "agent/formats/yaml_tree.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

/// Lines are the old ones, or the old ones as comments, but for `most_changed` and one that is new.
void only_comments(std::string_view before, std::string_view after, std::size_t most_changed) {
    const auto then = lines_of(before);
    const auto now = lines_of(after);
    std::size_t changed = 0;
    std::size_t at = 0;
    for (const auto line : now) {
        if (at < then.size() && (line == then[at] || line == '#' + std::string(then[at]))) {
            ++at;
            continue;
        }
        ++changed;
        const bool is_new = now.size() > then.size() && (at >= then.size() || line != then[at]) &&
                            now.size() - then.size() >= changed;
        if (!is_new) ++at;
    }
    CHECK(at == then.size());
    CHECK(changed <= most_changed);
}

/// The edit, and that a second one changes nothing.
template <class Edit>
void twice(const std::string& text, Edit edit, std::size_t most_changed = 2) {
    const auto after = edit(text);
    if (!after) {
        CHECK(after.error().code == Errc::unsupported);
        CHECK_FALSE(after.error().message.empty());
        return;
    }
    only_comments(text, *after, most_changed);
    CHECK(edit(*after) == after);
}

TEST_CASE("dhcp edits: real ifcfg files, profiles and .network files") {
    for (const auto& [name, text, expected] : fixtures_of_kind("ifcfg-rh")) {
        INFO(name);
        twice(text, ifcfg_rh_with_dhcp);
    }
    for (const auto& [name, text, expected] : fixtures_of_kind("ifcfg-suse")) {
        INFO(name);
        twice(text, ifcfg_suse_with_dhcp);
    }
    for (const auto& [name, text, expected] : fixtures_of_kind("nm-keyfile")) {
        INFO(name);
        twice(text, keyfile_with_dhcp);
    }
    for (const auto& [name, text, expected] : fixtures_of_kind("networkd")) {
        INFO(name);
        twice(text, networkd_with_dhcp);
    }
}

TEST_CASE("dhcp edits: every fixed stanza of real interfaces files") {
    for (const auto& [name, text, expected] : fixtures_of_kind("interfaces")) {
        const InterfacesFile file(text);
        for (const auto& stanza : file.stanzas) {
            if (stanza.family != "inet" || stanza.method != "static") continue;
            INFO(name << ':' << stanza.line);
            const auto after = interfaces_with_dhcp(text, stanza.line);
            if (!after) continue;
            only_comments(text, *after, 1);
            const InterfacesFile now(*after);
            CHECK(std::ranges::count(now.stanzas, stanza.line, &IfaceStanza::line) == 1);
        }
    }
}

TEST_CASE("dhcp edits: netplan files whose lines YAML counts otherwise are left alone") {
    const std::string head = "network:\n  ethernets:\n    ens3:\n      addresses: [10.0.0.2/24]";
    const std::string tail = "\n      gateway4: 10.0.0.1\n";
    CHECK(netplan_without_addresses(head + tail, "ens3", true));
    CHECK(netplan_without_addresses(head + "\r" + tail, "ens3", true));
    for (const std::string mark : {"\r\r", "\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9"}) {
        const auto edited = netplan_without_addresses(head + mark + tail, "ens3", true);
        REQUIRE_FALSE(edited);
        CHECK(edited.error().message == "it has line breaks that no editor shows");
    }
}

TEST_CASE("dhcp edits: every Ethernet interface of real netplan files") {
    for (const auto& [name, text, expected] : fixtures_of_kind("netplan")) {
        Netplan plan;
        if (const auto root = parse_yaml(text)) plan.add(name, *root);
        for (const auto& definition : plan.definitions) {
            if (definition.section != "ethernets") continue;
            INFO(name << ' ' << definition.id);
            twice(text, [&](const std::string& from) {
                return netplan_without_addresses(from, definition.id, true);
            });
            twice(text, [&](const std::string& from) {
                return netplan_without_mac(from, definition.id, "e*");
            });
        }
    }
}

}  // namespace
}  // namespace guestprep
