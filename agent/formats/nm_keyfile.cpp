// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/nm_keyfile.h"

#include <algorithm>
#include <charconv>

#include "agent/core/text.h"
#include "agent/formats/ip_text.h"
#include "agent/formats/shell_settings.h"

namespace guestprep {
namespace {

using Values = std::vector<std::string>;

/// "address", "addresses", "address1", "addresses12" by number, whatever their order in the file.
Values addresses_of(const IniFile& file, std::string_view section) {
    std::vector<std::pair<std::uint64_t, std::string>> found;
    for (const auto& entry : file.entries()) {
        std::string_view key = entry.key;
        if (entry.section != section || !key.starts_with("address")) continue;
        key.remove_prefix(7);
        if (key.starts_with("es")) key.remove_prefix(2);
        const auto number = key.empty() ? std::optional<std::uint64_t>(0) : to_number(key);
        if (number && !entry.value.empty()) found.emplace_back(*number, entry.value);
    }
    std::ranges::stable_sort(found, {}, [](const auto& item) { return item.first; });
    Values out;
    for (auto& [number, value] : found) out.push_back(std::move(value));
    return out;
}

Values list_of(const IniFile& file, std::string_view section, std::string_view key) {
    Values out;
    for (const auto word : words_of(file.value(section, key).value_or(""), ";, \t"))
        out.emplace_back(word);
    return out;
}

std::optional<std::string> first_of(const IniFile& file, std::string_view section,
                                    std::initializer_list<std::string_view> keys) {
    for (const auto key : keys)
        if (auto value = file.value(section, key)) return value;
    return std::nullopt;
}

std::string mode_of(const std::optional<std::string>& method) {
    if (method == "auto") return "dhcp";
    if (method == "manual") return "static";
    if (method == "disabled" || method == "ignore") return "none";
    return method.value_or("");
}

std::string unjudged_match(const IniFile& file) {
    for (const auto& entry : file.entries())
        if (entry.section == "match" && entry.key != "interface-name" && entry.key != "driver")
            return entry.key;
    return {};
}

}  // namespace

bool is_ignored_keyfile(std::string_view file_name) {
    static constexpr std::string_view kEndings[] = {"~",       ".bak",   ".orig",    ".rej",
                                                    ".rpmnew", ".swp",   ".rpmsave", ".rpmorig",
                                                    ".augnew", ".augtmp"};
    return file_name.starts_with('.') ||
           std::ranges::any_of(kEndings, [&](auto end) { return file_name.ends_with(end); });
}

NmProfile read_nm_profile(const IniFile& file) {
    NmProfile out;
    out.id = file.value("connection", "id");
    out.uuid = file.value("connection", "uuid");
    out.type = file.value("connection", "type");
    out.interface_name = file.value("connection", "interface-name");
    for (const auto* section : {"ethernet", "802-3-ethernet"}) {
        if (!out.mac_address) out.mac_address = file.value(section, "mac-address");
        if (!out.cloned_mac_address)
            out.cloned_mac_address =
                first_of(file, section, {"cloned-mac-address", "assigned-mac-address"});
    }
    out.master = first_of(file, "connection", {"controller", "master"});
    out.slave_type = first_of(file, "connection", {"port-type", "slave-type"});
    out.ipv4_method = file.value("ipv4", "method");
    out.ipv6_method = file.value("ipv6", "method");
    out.ipv4_gateway = file.value("ipv4", "gateway");
    out.ipv4_address_values = addresses_of(file, "ipv4");
    out.ipv6_address_values = addresses_of(file, "ipv6");
    out.dns = list_of(file, "ipv4", "dns");
    out.match_names = list_of(file, "match", "interface-name");
    out.match_drivers = list_of(file, "match", "driver");
    out.unjudged = unjudged_match(file);
    out.ipv4_mode = mode_of(out.ipv4_method);
    out.autoconnect = !is_shell_false(file.value("connection", "autoconnect").value_or(""));
    const auto priority = file.value("connection", "autoconnect-priority").value_or("0");
    std::from_chars(priority.data(), priority.data() + priority.size(), out.priority);
    // A profile without a type is of the kind whose settings it holds.
    out.is_ethernet = out.type ? out.type == "ethernet" || out.type == "802-3-ethernet"
                               : file.has_section("ethernet") || file.has_section("802-3-ethernet");
    return out;
}

}  // namespace guestprep
