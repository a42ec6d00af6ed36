// SPDX-License-Identifier: Apache-2.0
//
// Files of other programs that name an interface which EC2 will not have.
#include <algorithm>
#include <set>

#include "agent/collect/network_parts.h"
#include "agent/core/text.h"
#include "agent/facts/new_nic.h"

namespace guestprep {
namespace {

constexpr std::size_t kMostUses = 50;

/// Names that interfaces have or are configured by now, and will not have on EC2.
std::set<std::string> old_names(const NetworkFacts& facts) {
    std::set<std::string> out;
    if (facts.nics)
        for (const auto& nic : *facts.nics) out.insert(nic.name);
    for (const auto* config : started_configs(facts))
        if (config->kind == NicKind::ethernet && config->names.size() == 1 &&
            config->names[0].find_first_of("*?[!") == std::string::npos)
            out.insert(config->names[0]);
    for (const auto& name : ec2_names(facts)) out.erase(name);
    return out;
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/// `name` stands in the line, and not as a part of a longer word ("ens192" in "ens1920").
bool names_it(std::string_view line, std::string_view name) {
    for (auto at = line.find(name); at != std::string_view::npos; at = line.find(name, at + 1)) {
        const bool begins = at == 0 || !is_name_character(line[at - 1]);
        const auto end = at + name.size();
        if (begins && (end == line.size() || !is_name_character(line[end]))) return true;
    }
    return false;
}

struct Folder {
    std::string_view path, ending;
};

std::vector<GuestPath> files_of_others(const FileReader& files) {
    static constexpr std::string_view kFiles[] = {"/etc/sysconfig/iptables",
                                                  "/etc/iptables/rules.v4",
                                                  "/etc/nftables.conf",
                                                  "/etc/sysconfig/nftables.conf",
                                                  "/etc/sysctl.conf",
                                                  "/etc/sysconfig/SuSEfirewall2",
                                                  "/etc/default/isc-dhcp-server",
                                                  "/etc/default/isc-dhcp-relay",
                                                  "/etc/dnsmasq.conf",
                                                  "/etc/keepalived/keepalived.conf",
                                                  "/etc/corosync/corosync.conf",
                                                  "/etc/firewalld/direct.xml"};
    static constexpr Folder kFolders[] = {{"/etc/firewalld/zones", ".xml"},
                                          {"/etc/ufw", ".rules"},
                                          {"/etc/sysctl.d", ".conf"},
                                          {"/etc/nftables", ".nft"},
                                          {"/etc/dnsmasq.d", ""}};
    std::vector<GuestPath> out;
    for (const auto file : kFiles) out.emplace_back(file);
    for (const auto& [path, ending] : kFolders)
        if (const auto names = files.list(GuestPath(path)))
            for (const auto& name : *names)
                if (name.ends_with(ending)) out.push_back(GuestPath(path) / name);
    return out;
}

}  // namespace

void NetworkReader::name_uses() {
    const auto names = old_names(facts);
    if (names.empty()) return;
    const auto is_used = [&](std::string_view line) {
        return std::ranges::any_of(names, [&](const auto& name) { return names_it(line, name); });
    };
    for (const auto& path : files_of_others(files)) {
        const auto read = files.read(path);
        if (!read) continue;
        const auto lines = lines_of(*read);
        for (std::size_t i = 0; i < lines.size() && facts.name_uses.size() < kMostUses; ++i) {
            const auto line = trimmed(lines[i]);
            if (!line.starts_with('#') && !line.starts_with(';') && is_used(line))
                facts.name_uses.push_back(config_line(path.str(), i + 1, line));
        }
    }
    const GuestPath scripts("/etc/sysconfig/network-scripts");
    if (const auto listed = files.list(scripts))
        for (const auto& file : *listed)
            if (file.starts_with("route") && names.contains(file.substr(file.find('-') + 1)))
                facts.name_uses.push_back({(scripts / file).str(), file});
}

}  // namespace guestprep
