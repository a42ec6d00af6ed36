// SPDX-License-Identifier: Apache-2.0
#include <optional>

#include "agent/collect/collect.h"
#include "agent/collect/firewall_sources.h"

namespace guestprep {
namespace {

/// Firewalls whose rules come from a language of their own: named, not judged.
struct Manager {
    std::string_view name;
    std::string_view services[2];
    std::string_view configuration;  ///< what must be there, or the service is only a leftover
};
constexpr Manager kManagers[] = {
    {"csf", {"csf", "lfd"}, "/etc/csf/csf.conf"},
    {"Shorewall", {"shorewall", "shorewall-lite"}, "/etc/shorewall"},
    {"ferm", {"ferm", "ferm"}, "/etc/ferm"},
    {"APF", {"apf", "apf-firewall"}, "/etc/apf"},
    {"APF", {"apf", "apf-firewall"}, "/etc/apf-firewall"},
    {"FireHOL", {"firehol", "firehol"}, "/etc/firehol"},
    {"arno-iptables-firewall",
     {"arno-iptables-firewall", "arno-iptables-firewall"},
     "/etc/arno-iptables-firewall"},
    {"Uruk", {"uruk", "uruk"}, "/etc/uruk"},
    {"Vuurmuur", {"vuurmuur", "vuurmuur"}, "/etc/vuurmuur"},
    {"Firestarter", {"firestarter", "firestarter"}, "/etc/firestarter"},
    {"Bastille", {"bastille-firewall", "bastille-firewall"}, "/etc/Bastille"},
};

}  // namespace

std::optional<ServiceState> FirewallSearch::starting(
    std::string_view name, std::span<const std::string_view> services_of_it) const {
    auto state = services.first_of(services_of_it);
    if (state.starts() || state.state == Enablement::unknown) return state;
    if (state.state != Enablement::absent) found.idle.emplace_back(name);
    return std::nullopt;
}

void find_other_managers(const FirewallSearch& search) {
    for (const auto& manager : kManagers) {
        if (!search.host.files.exists(GuestPath(manager.configuration))) continue;
        auto service = search.starting(manager.name, manager.services);
        if (!service) continue;
        search.found.at_boot.push_back(
            {std::string(manager.name), std::move(*service),
             failure(Errc::unsupported, std::string(manager.configuration) +
                                            ": guestprep cannot judge the rules of " +
                                            std::string(manager.name))});
    }
}

void collect_firewall(const Host& host, const BootServices& services, Facts& facts) {
    const FirewallSearch search{host, services, facts.firewall};
    find_iptables_services(search);
    find_nftables(search);
    find_firewalld(search);
    find_ufw(search);
    find_suse_firewall(search);
    find_other_managers(search);
    if (facts.firewall.at_boot.empty()) facts.firewall.now = kernel_rules(host);
}

}  // namespace guestprep
