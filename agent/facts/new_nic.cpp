// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/new_nic.h"

#include <algorithm>
#include <tuple>

#include "agent/core/text.h"

namespace guestprep {
namespace {

using Configs = std::vector<const InterfaceConfig*>;

bool matches_names(const std::vector<std::string>& globs, std::string_view name) {
    bool any = globs.empty();
    for (std::string_view glob : globs) {
        if (glob.starts_with('!')) {
            if (matches_glob(glob.substr(1), name)) return false;
            any = true;
        } else {
            any |= matches_glob(glob, name);
        }
    }
    return any;
}

bool applies(const InterfaceConfig& config, const NicQuery& nic) {
    if (config.kind != NicKind::ethernet) return false;
    if (!matches_names(config.names, nic.name)) return false;
    const auto is_it = [&](const std::string& mac) { return equal_ignoring_case(mac, nic.mac); };
    if (!config.macs.empty() && std::ranges::none_of(config.macs, is_it)) return false;
    return config.drivers.empty() ||
           (!nic.driver.empty() && matches_names(config.drivers, nic.driver));
}

/// Who reads what.
bool reads(const NetworkFacts& facts, NetService service, const InterfaceConfig& config) {
    const auto format = config.format;
    switch (service) {
        case NetService::network_manager:
            return (format == NetFormat::nm_keyfile && facts.network_manager.reads_keyfiles) ||
                   (format == NetFormat::netplan && config.by_network_manager) ||
                   (format == NetFormat::ifcfg_rh && config.by_network_manager &&
                    facts.network_manager.reads_ifcfg);
        case NetService::networkd:
            return format == NetFormat::networkd ||
                   (format == NetFormat::netplan && !config.by_network_manager);
        case NetService::ifupdown:
            return format == NetFormat::interfaces;
        case NetService::rh_network:
            return format == NetFormat::ifcfg_rh;
        case NetService::suse_ifup:
        case NetService::wicked:
            return format == NetFormat::ifcfg_suse;
        default:
            return format == NetFormat::other;
    }
}

bool is_rewritten(const NetworkFacts& facts, const InterfaceConfig& config) {
    return config.by_cloud_init && facts.cloud_init && facts.cloud_init->rewrites_network();
}

/// What `service` has for this interface, in the order in which it looks.
Configs candidates(const NetworkFacts& facts, NetService service, const NicQuery& nic) {
    Configs out;
    for (const auto& config : facts.interfaces)
        if (reads(facts, service, config) && applies(config, nic) && !is_rewritten(facts, config))
            out.push_back(&config);
    std::ranges::stable_sort(out, {}, [](const auto* config) { return config->order; });
    return out;
}

NicAnswer answer_by(const NetworkFacts& facts, const InterfaceConfig& config) {
    if (!config.starts_at_boot)
        return {NicOutcome::nobody,
                config.id + " is not started at boot (" + config.boot_note + ')', config.here,
                &config};
    const auto& from = address_config(facts, config);
    const auto line = from.method_line.is_set() ? from.method_line : from.here;
    const auto who = &from == &config ? config.id : config.id + " through " + from.id;
    const auto& doubt = config.doubt.empty() ? from.doubt : config.doubt;
    if (!doubt.empty()) return {NicOutcome::unknown, who + ": " + doubt, line, &config};
    switch (from.method) {
        case NetMethod::dhcp:
            return {NicOutcome::dhcp, who + " gets its address by DHCP", line, &config};
        case NetMethod::fixed:
            return {NicOutcome::fixed, who + " has a fixed address", line, &config};
        case NetMethod::none:
            return {NicOutcome::nobody, who + " gets no IPv4 address", line, &config};
        case NetMethod::unknown:
            break;
    }
    return {NicOutcome::unknown, who + ": it is not clear where its address comes from", line,
            &config};
}

/// Several configurations that are all applied: one that gives an address is enough.
NicAnswer answer_by_all(const NetworkFacts& facts, const Configs& configs) {
    NicAnswer best{NicOutcome::nobody, {}, {}, nullptr};
    const auto rank = [](NicOutcome outcome) {
        constexpr NicOutcome kOrder[] = {NicOutcome::nobody, NicOutcome::unknown, NicOutcome::fixed,
                                         NicOutcome::dhcp};
        return std::ranges::find(kOrder, outcome) - std::begin(kOrder);
    };
    for (const auto* config : configs) {
        auto answer = answer_by(facts, *config);
        if (best.config == nullptr || rank(answer.outcome) > rank(best.outcome))
            best = std::move(answer);
    }
    return best;
}

/// One entry of NetworkManager's device lists.
bool spec_matches(std::string_view spec, const NicQuery& nic) {
    const auto after = [&](std::string_view start) { return spec.substr(start.size()); };
    if (spec.starts_with("interface-name:=")) return after("interface-name:=") == nic.name;
    if (spec.starts_with("interface-name:"))
        return matches_glob(after("interface-name:"), nic.name);
    if (spec.starts_with("mac:"))
        return !nic.mac.empty() && equal_ignoring_case(after("mac:"), nic.mac);
    if (spec.starts_with("type:")) return after("type:") == "ethernet";
    if (spec.starts_with("driver:")) return matches_glob(after("driver:"), nic.driver);
    return spec == "*";
}

bool is_listed(const std::vector<std::string>& specs, const NicQuery& nic) {
    bool listed = false;
    for (const std::string_view spec : specs) {
        if (spec.starts_with("except:") && spec_matches(spec.substr(7), nic)) return false;
        listed |= spec_matches(spec, nic);
    }
    return listed;
}

/// Why NetworkManager leaves the interface alone; nothing where it does not.
ConfigLine unmanaged_by_nm(const NetworkFacts& facts, const NicQuery& nic) {
    const auto& nm = facts.network_manager;
    if (is_listed(nm.unmanaged, nic)) return nm.unmanaged_line;
    for (const auto& config : facts.interfaces) {
        const bool not_controlled =
            config.format == NetFormat::ifcfg_rh && nm.reads_ifcfg && !config.by_network_manager;
        const bool others = config.format == NetFormat::interfaces && !nm.manages_ifupdown;
        if ((not_controlled || others) && applies(config, nic)) return config.here;
    }
    return {};
}

NicAnswer answer_nm(const NetworkFacts& facts, const NicQuery& nic) {
    const auto& nm = facts.network_manager;
    if (const auto line = unmanaged_by_nm(facts, nic); line.is_set())
        return {NicOutcome::nobody, "NetworkManager leaves " + nic.name + " alone", line, nullptr};
    auto found = candidates(facts, NetService::network_manager, nic);
    if (found.empty()) {
        if (nm.no_auto_default.is_set())
            return {NicOutcome::nobody,
                    "NetworkManager has no profile for " + nic.name + " and may not make one",
                    nm.no_auto_default, nullptr};
        return {NicOutcome::dhcp,
                "NetworkManager makes a DHCP profile for an interface that has none",
                {},
                nullptr};
    }
    std::erase_if(found, [](const auto* config) { return !config->starts_at_boot; });
    if (found.empty())
        return answer_by(facts, *candidates(facts, NetService::network_manager, nic).front());
    const auto top = std::ranges::max(found, {}, &InterfaceConfig::priority)->priority;
    std::erase_if(found, [&](const auto* config) { return config->priority != top; });
    const auto first = answer_by(facts, *found.front());
    for (const auto* config : found)
        if (answer_by(facts, *config).outcome != first.outcome)
            return {NicOutcome::unknown,
                    "NetworkManager may take profile " + found.front()->id + " or " + config->id,
                    config->here, config};
    return first;
}

NicAnswer answer_of(const NetworkFacts& facts, NetService service, const NicQuery& nic) {
    if (service == NetService::network_manager) return answer_nm(facts, nic);
    const auto found = candidates(facts, service, nic);
    if (!found.empty())
        return service == NetService::networkd ? answer_by(facts, *found.front())
                                               : answer_by_all(facts, found);
    const auto title = std::string(title_of(service));
    if (service == NetService::dhcpcd)
        return {NicOutcome::dhcp, "dhcpcd asks for an address on every interface", {}, nullptr};
    if (service == NetService::other)
        return {NicOutcome::unknown,
                "the configuration of this network service is not followed",
                {},
                nullptr};
    return {NicOutcome::nobody, title + " has no configuration for " + nic.name, {}, nullptr};
}

/// Puts what several services say together.
NicAnswer combined(std::vector<NicAnswer> answers) {
    const auto of = [&](NicOutcome outcome) {
        return std::ranges::find(answers, outcome, &NicAnswer::outcome);
    };
    const auto dhcp = of(NicOutcome::dhcp);
    const auto fixed = of(NicOutcome::fixed);
    if (dhcp != answers.end() && fixed != answers.end())
        return {NicOutcome::unknown,
                "two services would configure it: " + fixed->reason + ", and " + dhcp->reason,
                fixed->line, fixed->config};
    if (dhcp != answers.end()) return *dhcp;
    if (fixed != answers.end()) return *fixed;
    if (const auto open = of(NicOutcome::unknown); open != answers.end()) return *open;
    // A configuration that is there and does not do it says more than one that is missing.
    const auto named =
        std::ranges::find_if(answers, [](const NicAnswer& answer) { return answer.line.is_set(); });
    return named == answers.end() ? answers.front() : *named;
}

/// Without a service that is known, a fixed address that is configured is still one; whether DHCP
/// would work is not known.
NicAnswer answer_by_files(const NetworkFacts& facts, const NicQuery& nic) {
    for (const auto service : {NetService::network_manager, NetService::networkd,
                               NetService::ifupdown, NetService::rh_network, NetService::wicked})
        if (const auto found = candidates(facts, service, nic); !found.empty())
            if (auto answer = answer_by_all(facts, found); answer.outcome == NicOutcome::fixed)
                return answer;
    return {NicOutcome::unknown, "no network service that is known here is installed", {}, nullptr};
}

NicAnswer asked_of_all(const NetworkFacts& facts, const NicQuery& nic) {
    std::vector<NicAnswer> answers;
    for (const auto& manager : facts.managers) {
        const auto title = std::string(title_of(manager.service));
        if (starts(facts, manager)) {
            answers.push_back(answer_of(facts, manager.service, nic));
        } else if (manager.state.state == Enablement::unknown) {
            answers.push_back(
                {NicOutcome::unknown,
                 "it is not known whether " + title + " starts: " + manager.state.note,
                 {},
                 nullptr});
        }
    }
    if (!answers.empty()) return combined(std::move(answers));
    if (facts.managers.empty()) return answer_by_files(facts, nic);
    return {NicOutcome::nobody,
            "no network service starts at boot",
            {facts.managers[0].state.evidence, facts.managers[0].state.name + " does not start"},
            nullptr};
}

int badness(NicOutcome outcome) {
    constexpr NicOutcome kOrder[] = {NicOutcome::dhcp, NicOutcome::unknown, NicOutcome::fixed,
                                     NicOutcome::nobody};
    return static_cast<int>(std::ranges::find(kOrder, outcome) - std::begin(kOrder));
}

}  // namespace

std::string_view title_of(NetService service) {
    if (service == NetService::rh_network || service == NetService::suse_ifup)
        return "the network service";
    return service == NetService::other ? "another network service"
                                        : enum_names(service)[static_cast<std::size_t>(service)];
}

bool starts(const NetworkFacts& facts, const NetManager& manager) {
    if (manager.state.starts()) return true;
    // netplan's generator starts systemd-networkd for what it writes for it, enabled or not.
    if (manager.service != NetService::networkd || manager.state.state == Enablement::masked)
        return false;
    return std::ranges::any_of(facts.interfaces, [](const InterfaceConfig& config) {
        return config.format == NetFormat::netplan && !config.by_network_manager;
    });
}

const InterfaceConfig& address_config(const NetworkFacts& facts, const InterfaceConfig& config) {
    const auto* at = &config;
    // A port of a bond that is a port of a bridge: no real one is deeper.
    for (int depth = 0; depth < 4 && !at->master.empty(); ++depth) {
        const auto is_master = [&](const InterfaceConfig& other) {
            return other.kind != NicKind::ethernet &&
                   (other.id == at->master ||
                    std::ranges::find(other.names, at->master) != other.names.end());
        };
        const auto found = std::ranges::find_if(facts.interfaces, is_master);
        if (found == facts.interfaces.end()) break;
        at = &*found;
    }
    if (at->method != NetMethod::none) return *at;
    for (const auto& other : facts.interfaces)
        if (other.kind == NicKind::vlan && other.starts_at_boot &&
            std::ranges::any_of(other.ports, [&](const std::string& lower) {
                return lower == at->id || (!at->names.empty() && matches_names(at->names, lower));
            }))
            return other;
    return *at;
}

NicAnswer next_boot_of(const NetworkFacts& facts, const NicQuery& nic) {
    auto answer = asked_of_all(facts, nic);
    if (answer.outcome != NicOutcome::fixed && !facts.unread.empty())
        return {NicOutcome::unknown, "not everything could be read: " + facts.unread[0].text,
                facts.unread[0], answer.config};
    const bool open = answer.outcome == NicOutcome::nobody || answer.outcome == NicOutcome::unknown;
    if (!open || !facts.cloud_init || !facts.cloud_init->rewrites_network()) return answer;
    const bool wrote = std::ranges::any_of(facts.interfaces, &InterfaceConfig::by_cloud_init);
    return {wrote ? NicOutcome::dhcp : NicOutcome::unknown,
            wrote ? "cloud-init writes the network configuration anew for a new instance"
                  : "cloud-init may configure it; it has not done so here",
            facts.cloud_init->datasource_list, nullptr};
}

std::vector<std::string> ec2_names(const NetworkFacts& facts) {
    if (!facts.naming) return {"eth0", "ens5"};
    if (!facts.naming->fixed_name.empty()) return {facts.naming->fixed_name};
    if (facts.naming->policy == NamingPolicy::classic) return {"eth0"};
    return {"ens5", "eth0"};
}

NicAnswer next_boot_on_ec2(const NetworkFacts& facts) {
    NicAnswer worst{NicOutcome::dhcp, {}, {}, nullptr};
    bool first = true;
    for (const auto& name : ec2_names(facts)) {
        auto answer = next_boot_of(facts, {name, {}, name == "ens5" ? "ena" : "vif"});
        if (first || badness(answer.outcome) > badness(worst.outcome)) worst = std::move(answer);
        first = false;
    }
    return worst;
}

Configs started_configs(const NetworkFacts& facts) {
    Configs out;
    for (const auto& config : facts.interfaces) {
        if (!config.starts_at_boot || is_rewritten(facts, config)) continue;
        if (facts.managers.empty()) out.push_back(&config);
        for (const auto& manager : facts.managers)
            if (starts(facts, manager) && reads(facts, manager.service, config)) {
                out.push_back(&config);
                break;
            }
    }
    return out;
}

const InterfaceConfig* primary_config(const NetworkFacts& facts) {
    const auto is_live = [&](const InterfaceConfig& config) {
        return facts.nics && std::ranges::any_of(*facts.nics, [&](const Nic& nic) {
                   return applies(config, {nic.name, nic.mac, nic.driver});
               });
    };
    const auto rank = [&](const InterfaceConfig& config) {
        const auto& from = address_config(facts, config);
        const bool routes = from.method == NetMethod::dhcp || !from.gateways.empty();
        return std::tuple(!is_live(config), !routes, from.method == NetMethod::none);
    };
    const InterfaceConfig* best = nullptr;
    for (const auto* config : started_configs(facts)) {
        if (config->kind != NicKind::ethernet) continue;
        const auto before = [&] {
            return compare_versions(config->order.empty() ? config->id : config->order,
                                    best->order.empty() ? best->id : best->order) < 0;
        };
        if (best == nullptr || rank(*config) < rank(*best) ||
            (rank(*config) == rank(*best) && before()))
            best = config;
    }
    return best;
}

}  // namespace guestprep
