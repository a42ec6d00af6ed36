// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "agent/collect/collect.h"
#include "agent/collect/firewall_sources.h"
#include "agent/core/text.h"
#include "agent/formats/iptables_state.h"

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

/// The kernel has tables, and asking for them loads no module that was not there.
bool has_module(const Host& host, std::string_view module) {
    const auto modules = host.files.read(GuestPath("/proc/modules"));
    if (!modules) return false;
    return std::ranges::any_of(lines_of(*modules), [&](std::string_view line) {
        const auto words = words_of(line);
        return !words.empty() && words.front() == module;
    });
}

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

Fact<PacketFilter> kernel_rules(const Host& host) {
    if (!host.running) return failure(Errc::unsupported, "not the running system");
    const auto tables = host.files.read(GuestPath("/proc/net/ip_tables_names"));
    const bool legacy = tables && !trimmed(*tables).empty();
    if (!legacy && !has_module(host, "nf_tables"))
        return failure(Errc::not_found, "the kernel holds no rules");
    if (!host.privileged)
        return failure(Errc::access_denied, "only root may see the kernel's rules");
    auto saved = host.commands.run({{legacy ? "iptables-legacy-save" : "iptables-save"}});
    if (!saved && saved.error().code == Errc::not_found)
        saved = host.commands.run({{"iptables-save"}});
    if (!saved) return std::unexpected(saved.error());
    if (saved->exit_code != 0)
        return failure(Errc::command_failed, "iptables-save: " + shown(saved->err));
    IptablesState state;
    state.restore("iptables-save", saved->out);
    return state.filter();
}

void collect_firewall(const Host& host, Facts& facts) {
    const BootServices services(host, facts.os.init);
    const FirewallSearch search{host, services, facts.firewall};
    find_iptables_services(search);
    find_other_managers(search);
    if (facts.firewall.at_boot.empty()) facts.firewall.now = kernel_rules(host);
}

}  // namespace guestprep
