// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& network = facts.of_windows().network;
    if (!network.interfaces) return std::unexpected(network.interfaces.error());
    RegistryEdits edits(facts);
    std::vector<std::string> notes;
    for (const auto& one : *network.interfaces) {
        if (!one.is_static()) continue;
        const auto key = below(keys::kInterfaces, one.id);
        edits.set(key, "EnableDHCP", registry_dword(1));
        for (const auto* name : {"IPAddress", "SubnetMask", "DefaultGateway"})
            edits.remove(key, name);
        if (!one.name_servers.empty()) edits.set(key, "NameServer", registry_text(""));
        notes.push_back("the old address of " + (one.connection.empty() ? one.id : one.connection) +
                        ": " + join(one.addresses, ", ") + " mask " + join(one.masks, ", ") +
                        " gateway " + join(one.gateways, ", ") + " DNS " + one.name_servers);
    }
    if (network.persistent_routes)
        for (const auto& route : *network.persistent_routes) {
            edits.remove(below(keys::kTcpip, "PersistentRoutes"), route);
            notes.push_back("the old persistent route (destination, mask, gateway, metric): " +
                            shown(route));
        }
    auto set = edits.take();
    if (set) set->notes = std::move(notes);
    return set;
}

}  // namespace

constinit const Fixer fixers::use_dhcp_on_adapters{
    .id = "net-static-to-dhcp-windows",
    .title = "Let the adapters fetch their addresses by DHCP",
    .platform = Platform::windows_guest,
    .kind = FixKind::opt_in,
    .changes =
        "EnableDHCP, IPAddress, SubnetMask, DefaultGateway and NameServer of each adapter with a "
        "static address; persistent routes, which the report keeps. From the next boot on.",
    .leaves = "The running network.",
    .plan = plan,
};

}  // namespace guestprep
