// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/windows_parts.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

constexpr std::string_view kConnections = "Network\\{4D36E972-E325-11CE-BFC1-08002BE10318}";

constexpr std::uint64_t kUsualPort = 3389;

/// Windows keeps placeholders in these lists.
Fact<std::vector<std::string>> addresses_in(const RegistryView& registry, std::string_view key,
                                            std::string_view name) {
    auto list = registry.texts(key, name);
    if (list)
        std::erase_if(*list,
                      [](const std::string& text) { return text.empty() || text == "0.0.0.0"; });
    return list;
}

Fact<std::vector<WindowsInterface>> interfaces_of(const RegistryView& registry) {
    const auto ids = registry.subkeys(keys::kInterfaces);
    if (!ids) return std::unexpected(ids.error());
    std::vector<WindowsInterface> interfaces;
    for (const auto& id : *ids) {
        const auto key = below(keys::kInterfaces, id);
        const auto connection = below(below(below(keys::kControl, kConnections), id), "Connection");
        WindowsInterface one;
        one.id = id;
        one.connection = registry.text_or_empty(connection, "Name");
        one.device = registry.text_or_empty(connection, "PnpInstanceID");
        one.uses_dhcp = registry.number_or_none(key, "EnableDHCP");
        auto addresses = addresses_in(registry, key, "IPAddress");
        // An address that cannot be read is not one that is not set.
        if (!addresses && !addresses.is_absent()) return std::unexpected(addresses.error());
        one.addresses = std::move(addresses).value_or(std::vector<std::string>{});
        one.masks = addresses_in(registry, key, "SubnetMask").value_or(std::vector<std::string>{});
        one.gateways =
            addresses_in(registry, key, "DefaultGateway").value_or(std::vector<std::string>{});
        one.name_servers = registry.text_or_empty(key, "NameServer");
        one.leased_address = registry.text_or_empty(key, "DhcpIPAddress");
        if (one.leased_address == "0.0.0.0") one.leased_address.clear();
        one.lease_server = registry.text_or_empty(key, "DhcpServer");
        interfaces.push_back(std::move(one));
    }
    return interfaces;
}

Fact<WindowsFirewallProfile> profile_of(const RegistryView& registry, std::string_view root,
                                        std::string_view name, bool from_policy) {
    WindowsFirewallProfile profile;
    profile.name = name;
    profile.key = below(root, name);
    profile.from_policy = from_policy;
    profile.enabled = registry.number(profile.key, "EnableFirewall");
    profile.default_inbound = registry.number(profile.key, "DefaultInboundAction");
    profile.no_exceptions = registry.number(profile.key, "DoNotAllowExceptions");
    profile.merges_local = registry.number(profile.key, "AllowLocalPolicyMerge");
    const auto list = below(profile.key, "GloballyOpenPorts\\List");
    const auto ports = registry.values(list);
    if (!ports && !ports.is_absent()) return std::unexpected(ports.error());
    if (ports)
        for (const auto& port : *ports)
            if (auto text = text_of(port.value)) profile.open_ports.push_back(std::move(*text));
    // Asked for by its name too: a fixer has to know what it is, or that it is not set.
    const auto rdp = registry.number(keys::kRdpTcp, "PortNumber").value_or(kUsualPort);
    static_cast<void>(registry.value(list, std::to_string(rdp) + ":TCP"));
    return profile;
}

/// Both the registry's own and group policy's, where there is one.
Fact<std::vector<WindowsFirewallProfile>> profiles_of(const RegistryView& registry) {
    const auto local = registry.has_key(keys::kFirewall);
    if (!local) return std::unexpected(local.error());
    std::vector<WindowsFirewallProfile> profiles;
    const auto add = [&](std::string_view root, std::string_view name,
                         bool from_policy) -> std::optional<Error> {
        if (!registry.has_key(below(root, name)).value_or(!from_policy)) return std::nullopt;
        auto profile = profile_of(registry, root, name, from_policy);
        if (!profile) return profile.error();
        profiles.push_back(std::move(*profile));
        return std::nullopt;
    };
    for (const auto name : {"DomainProfile", "StandardProfile", "PublicProfile"})
        if (const auto error = add(keys::kFirewall, name, false)) return std::unexpected(*error);
    // Group policy calls the standard profile PrivateProfile since Vista, and both can be there.
    for (const auto name : {"DomainProfile", "StandardProfile", "PrivateProfile", "PublicProfile"})
        if (const auto error = add(keys::kFirewallPolicy, name, true))
            return std::unexpected(*error);
    return profiles;
}

Fact<std::vector<WindowsFirewallRule>> rules_of(const RegistryView& registry) {
    std::vector<WindowsFirewallRule> rules;
    const std::string policy = below(keys::kFirewallPolicy, "FirewallRules");
    for (const auto& key : {policy, std::string(keys::kFirewallRules)}) {
        const auto values = registry.values(key);
        if (values.is_absent()) continue;
        if (!values) {
            // Group policy lives in another hive; without it the local rules are still known.
            if (key == policy && values.error().code == Errc::not_collected) continue;
            return std::unexpected(values.error());
        }
        for (const auto& value : *values)
            if (auto text = text_of(value.value))
                rules.push_back({key, value.name, std::move(*text)});
    }
    return rules;
}

}  // namespace

void collect_windows_network(const RegistryView& registry, WindowsNetworkFacts& facts) {
    facts.interfaces = interfaces_of(registry);
    const auto route_key = below(keys::kTcpip, "PersistentRoutes");
    const auto routes = registry.values(route_key);
    if (routes || routes.is_absent()) {
        facts.persistent_routes = std::vector<std::string>{};
        if (routes)
            for (const auto& route : *routes) {
                // By name, so that a fixer knows what it takes away.
                (void)registry.value(route_key, route.name);
                facts.persistent_routes->push_back(route.name);
            }
    } else {
        facts.persistent_routes = std::unexpected(routes.error());
    }
    facts.firewall_profiles = profiles_of(registry);
    facts.firewall_rules = rules_of(registry);
}

}  // namespace guestprep
