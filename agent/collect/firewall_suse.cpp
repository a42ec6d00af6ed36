// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <utility>

#include "agent/collect/firewall_sources.h"
#include "agent/core/text.h"
#include "agent/formats/shell_assignments.h"
#include "agent/formats/suse_firewall.h"

namespace guestprep {
namespace {

constexpr std::string_view kServices[] = {"SuSEfirewall2_setup", "SuSEfirewall2"};
constexpr std::string_view kSettings = "/etc/sysconfig/SuSEfirewall2";
constexpr std::string_view kServiceFolders[] = {"/etc/sysconfig/SuSEfirewall2.d/services",
                                                "/usr/share/SuSEfirewall2/services"};
constexpr std::string_view kInterfaces = "/etc/sysconfig/network";

/// FW_ZONE of ifcfg files.
std::vector<SuseInterfaceZone> interface_zones(const FileReader& files) {
    std::vector<SuseInterfaceZone> out;
    const auto names = files.list(GuestPath(kInterfaces));
    if (!names) return out;
    for (const auto& name : *names) {
        if (!name.starts_with("ifcfg-")) continue;
        const auto path = GuestPath(kInterfaces) / name;
        const auto text = files.read(path);
        if (!text) continue;
        const auto settings = ShellAssignments::parse(*text);
        if (const auto* const zone = settings.find("FW_ZONE"); zone && !zone->value.empty())
            out.push_back({name.substr(6),
                           zone->value,
                           {at_line(path.str(), zone->line), "FW_ZONE=" + shown(zone->value)}});
    }
    return out;
}

Fact<PacketFilter> rules_of(const FileReader& files) {
    auto text = files.read(GuestPath(kSettings));
    if (!text) return std::unexpected(std::move(text.error()));
    SuseFirewallConfiguration configuration{.path = std::string(kSettings),
                                            .text = std::move(*text)};
    for (const auto& name : suse_firewall_services(configuration.text))
        for (const auto folder : kServiceFolders) {
            if (configuration.services.contains(name)) continue;
            auto service = files.read(GuestPath(folder) / name);
            if (service) configuration.services[name] = std::move(*service);
        }
    configuration.interfaces = interface_zones(files);
    configuration.custom_path = suse_firewall_custom_rules(configuration.text);
    if (!configuration.custom_path.empty())
        if (auto custom = files.read(GuestPath(configuration.custom_path)))
            configuration.custom_text = std::move(*custom);
    return suse_firewall_filter(configuration);
}

}  // namespace

void find_suse_firewall(const FirewallSearch& search) {
    if (!search.host.files.info(GuestPath(kSettings))) return;
    if (auto service = search.starting("SuSEfirewall2", kServices))
        search.found.at_boot.push_back(
            {"SuSEfirewall2", std::move(*service), rules_of(search.host.files)});
}

}  // namespace guestprep
