// SPDX-License-Identifier: Apache-2.0
//
// /etc/network/interfaces of ifupdown, with what it sources.
#include <algorithm>
#include <set>

#include "agent/collect/network_parts.h"
#include "agent/core/text.h"
#include "agent/formats/interfaces.h"
#include "agent/formats/ip_text.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostFiles = 500;

bool is_plain_name(std::string_view name) {
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    });
}

struct ReadFile {
    GuestPath path;
    InterfacesFile file;
    bool by_cloud_init = false;
};

class Ifupdown {
public:
    explicit Ifupdown(NetworkReader& reader) : reader_(reader) {}

    void run() {
        include(GuestPath("/etc/network/interfaces"));
        for (const auto& read : read_)
            for (const auto& stanza : read.file.stanzas) add(read, stanza);
        for (const auto& read : read_) mappings(read);
        cloud_helper();
        for (auto& config : found_)
            if (config.doubt.empty()) config.doubt = refused_;
        std::ranges::move(found_, std::back_inserter(reader_.facts.interfaces));
    }

private:
    void include(const GuestPath& path) {
        // A file that sources itself would never end.
        if (read_.size() >= kMostFiles || !seen_.insert(path.str()).second) return;
        auto text = reader_.text(path);
        if (!text) return;
        read_.push_back({path, InterfacesFile(*text), is_by_cloud_init(path, *text)});
        const auto file = read_.back().file;
        if (!file.misplaced.empty() && refused_.empty())
            refused_ = "ifup refuses the file, " + at_line(path.str(), file.misplaced[0]) +
                       " belongs to no stanza";
        for (const auto& source : file.sources) follow(path, source);
    }
    void follow(const GuestPath& from, const InterfacesSource& source) {
        const auto pattern = source.pattern.starts_with('/')
                                 ? source.pattern
                                 : from.parent().str() + '/' + source.pattern;
        if (pattern.find_first_of("$`~") != std::string::npos) {
            reader_.unread(from, source.text + ": not followed");
            return;
        }
        for (const auto& path : expanded(pattern)) {
            if (!reader_.files.is_directory(path)) {
                include(path);
                continue;
            }
            for (const auto& name : reader_.list(path))
                if (is_plain_name(name) && !reader_.files.is_directory(path / name))
                    include(path / name);
        }
    }
    /// Paths that fit a pattern with globs in any part of it.
    std::vector<GuestPath> expanded(const std::string& pattern) {
        std::vector<GuestPath> paths{GuestPath("/")};
        const GuestPath whole(pattern);
        for (const auto part : split(whole.str(), '/')) {
            if (part.empty()) continue;
            std::vector<GuestPath> next;
            for (const auto& path : paths) {
                if (part.find_first_of("*?[") == std::string_view::npos) {
                    next.push_back(path / part);
                    continue;
                }
                for (const auto& name : reader_.list(path))
                    if (!name.starts_with('.') && matches_glob(part, name) &&
                        next.size() < kMostFiles)
                        next.push_back(path / name);
            }
            paths = std::move(next);
        }
        std::erase_if(paths, [&](const auto& path) { return !reader_.files.exists(path); });
        return paths;
    }

    /// The interface that an auto line starts with this stanza, with the line; nothing for none.
    [[nodiscard]] std::optional<std::pair<std::string, ConfigLine>> started(
        const std::string& stanza) const {
        for (const auto& read : read_)
            for (const auto* words : {&read.file.auto_names, &read.file.hotplug_names})
                for (const auto& word : *words) {
                    const auto equals = word.text.find('=');
                    const bool named = equals != std::string::npos
                                           ? word.text.substr(equals + 1) == stanza
                                           : interfaces_name_matches(word.text, stanza);
                    if (!named) continue;
                    auto name = equals == std::string::npos ? stanza : word.text.substr(0, equals);
                    if (name.starts_with('/')) name.erase(0, 1);
                    return std::pair(name, config_line(read.path.str(), word.line, word.text));
                }
        return std::nullopt;
    }

    void add(const ReadFile& read, const IfaceStanza& stanza) {
        const auto header = "iface " + stanza.name + ' ' + stanza.family + ' ' + stanza.method;
        const auto here = config_line(read.path.str(), stanza.line, header);
        if (stanza.family == "inet6") {
            add_ipv6(read, stanza, here);
            return;
        }
        InterfaceConfig config{.format = NetFormat::interfaces, .id = stanza.name, .here = here};
        const auto start = started(stanza.name);
        config.names = {start ? start->first : stanza.name};
        config.name_line = config.method_line = here;
        config.starts_at_boot = start.has_value();
        config.boot_note = "no auto or allow-hotplug line";
        config.by_cloud_init = read.by_cloud_init;
        config.kind = stanza.method == "loopback" ? NicKind::loopback : kind_of_names(config.names);
        method(stanza, config);
        options(read, stanza, config);
        found_.push_back(std::move(config));
    }
    void add_ipv6(const ReadFile& read, const IfaceStanza& stanza, const ConfigLine& here) {
        const auto* address = stanza.option("address");
        if (stanza.method != "static" || address == nullptr) return;
        auto config = std::ranges::find(found_, stanza.name, &InterfaceConfig::id);
        if (config == found_.end()) {
            add(read, {.name = stanza.name,
                       .family = "inet",
                       .method = "manual",
                       .inherits = {},
                       .options = {},
                       .line = stanza.line});
            config = found_.end() - 1;
            config->here = config->method_line = here;
        }
        if (!is_ipv6_global(address->value)) return;
        config->ipv6_addresses.push_back(address->value);
        config->ipv6_line =
            config_line(read.path.str(), address->line, "address " + address->value);
    }
    static void method(const IfaceStanza& stanza, InterfaceConfig& config) {
        if (stanza.method == "dhcp" || stanza.method == "bootp")
            config.method = NetMethod::dhcp;
        else if (stanza.method == "static")
            config.method = NetMethod::fixed;
        else if (stanza.method == "manual" || stanza.method == "loopback")
            config.method = NetMethod::none;
        else
            config.doubt = "method \"" + shown(stanza.method, 30) + "\" is not followed";
        if (stanza.method != "manual") return;
        static constexpr std::string_view kCommands[] = {"up", "pre-up", "post-up"};
        for (const auto& option : stanza.options)
            if (std::ranges::find(kCommands, option.key) != std::end(kCommands) &&
                (contains(option.value, "dhc") || contains(option.value, "addr") ||
                 contains(option.value, "ifconfig")))
                config.doubt = "commands of its own configure it";
    }
    static void options(const ReadFile& read, const IfaceStanza& stanza, InterfaceConfig& config) {
        const auto line = [&](const InterfacesOption& option) {
            return config_line(read.path.str(), option.line, option.key + ' ' + option.value);
        };
        for (const auto& option : stanza.options) {
            auto key = option.key;
            std::ranges::replace(key, '_', '-');
            if (key == "address") config.addresses.push_back(option.value);
            if (key == "gateway") config.gateways.push_back(option.value);
            if (key == "dns-nameservers" || key == "dns-nameserver")
                for (const auto word : words_of(option.value)) config.dns.emplace_back(word);
            if (key == "hwaddress") {
                for (const auto word : words_of(option.value))
                    if (is_mac(word)) config.sets_mac = word;
                config.sets_mac_line = line(option);
            }
            if (key == "bond-master") config.master = option.value;
            if (key == "bridge-ports" || key == "bond-slaves" || key == "slaves" ||
                key == "vlan-raw-device")
                ports(key, option.value, config);
        }
        const auto dot = config.id.rfind('.');
        if (config.kind == NicKind::vlan && config.ports.empty() && dot != std::string::npos)
            config.ports = {config.id.substr(0, dot)};
    }
    static void ports(std::string_view key, const std::string& value, InterfaceConfig& config) {
        config.kind = key == "bridge-ports"      ? NicKind::bridge
                      : key == "vlan-raw-device" ? NicKind::vlan
                                                 : NicKind::bond;
        for (const auto word : words_of(value)) {
            if (word == "none") continue;
            if (word == "all" || word == "regex") config.doubt = "its ports are chosen at run time";
            config.ports.emplace_back(word);
        }
    }
    /// A script picks the stanza for these when they start.
    void mappings(const ReadFile& read) {
        for (const auto& mapped : read.file.mapped_names)
            for (const auto& other : read_)
                for (const auto* words : {&other.file.auto_names, &other.file.hotplug_names})
                    for (const auto& word : *words)
                        if (matches_glob(mapped.text, word.text))
                            found_.push_back({.format = NetFormat::interfaces,
                                              .id = word.text,
                                              .here = config_line(read.path.str(), mapped.line,
                                                                  "mapping " + mapped.text),
                                              .kind = kind_of_name(word.text),
                                              .names = {word.text},
                                              .starts_at_boot = true,
                                              .doubt = "a mapping script chooses its settings"});
    }

    /// Debian's cloud images of releases 9 to 11 write a DHCP stanza for each NIC as it appears.
    void cloud_helper() {
        const GuestPath helper("/etc/network/cloud-ifupdown-helper");
        if (!reader_.files.exists(helper)) return;
        found_.push_back({.format = NetFormat::interfaces,
                          .id = "cloud-ifupdown-helper",
                          .here = {helper.str(), "DHCP for every interface that appears"},
                          .names = {"e*"},
                          .method = NetMethod::dhcp,
                          .method_line = {helper.str(), "DHCP for every interface that appears"},
                          .starts_at_boot = true});
    }

    NetworkReader& reader_;
    std::vector<ReadFile> read_;
    std::set<std::string> seen_;
    std::string refused_;
    std::vector<InterfaceConfig> found_;
};

}  // namespace

void NetworkReader::interfaces_files() { Ifupdown(*this).run(); }

}  // namespace guestprep
